import { connect, type Socket } from "node:net";

export interface RawAnswer {
  /** 0 where the connection was closed without an answer. */
  status: number;
  contentType: string | undefined;
  body: string;
}

function read(answer: string): RawAnswer {
  const mark = answer.indexOf("\r\n\r\n");
  const head = mark < 0 ? answer : answer.slice(0, mark);
  const [, status = "0"] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? [];
  const [, contentType] = /^content-type: (.*)$/im.exec(head) ?? [];
  return { status: Number(status), contentType: contentType?.trim(), body: mark < 0 ? "" : answer.slice(mark + 4) };
}

/** Writes one chunk after the other as fast as they are taken, and does not say that this was all. */
function pour(socket: Socket, chunks: Iterator<Buffer>): void {
  for (let next = chunks.next(); !next.done && !socket.destroyed; next = chunks.next()) {
    if (socket.write(next.value)) continue;
    socket.once("drain", () => pour(socket, chunks));
    return;
  }
}

/** Sends all bytes, or chunks without an end, and gives what comes back until the other side closes; rejects when it never does. */
export function sendRaw(port: number, bytes: string | Buffer | Iterator<Buffer>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => {
      if (typeof bytes === "string" || Buffer.isBuffer(bytes)) socket.end(bytes);
      else pour(socket, bytes);
    });
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end after: ${answer}`)));
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(read(answer)));
    // A server that answers and closes while bytes are on their way to it resets the connection.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
  });
}
