import { resolve } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, LoggingFormat, Runtime, SystemLogLevel } from "aws-cdk-lib/aws-lambda";
import {
  type BundlingOptions,
  type ICommandHooks,
  LogLevel,
  NodejsFunction,
  OutputFormat,
} from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { bundleOptions, type FunctionName, handlerFile, nodeOptions, projectRoot } from "#cdk/bundle.ts";
import { functionTimeouts } from "#cdk/function-timeouts.ts";

const { alias, mainFields, format, logLevel, sourcemap, ...plainOptions } = bundleOptions;

const outputFormats = { esm: OutputFormat.ESM };
const logLevels = { warning: LogLevel.WARNING };

const bundling: BundlingOptions = {
  ...plainOptions,
  format: outputFormats[format],
  logLevel: logLevels[logLevel],
  sourceMap: sourcemap,
  mainFields: [...mainFields],
  bundleAwsSDK: true,
  esbuildArgs: { "--alias": Object.entries(alias).map(([name, file]) => `${name}=${file}`) },
};

/** A bundle over its budget fails the synthesis. */
function keepBudget(functionName: FunctionName): ICommandHooks {
  const program = resolve(projectRoot, "cdk", "check-budget.ts");
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_, folder) => [`"${process.execPath}" "${program}" ${functionName} "${folder}"`],
  };
}

export type BridgeFunctionProps = {
  functionName: FunctionName;
  environment: Record<string, string>;
  /** All that it may do, but for writing its own log. */
  permissions: PolicyStatement[];
  logRetentionDays: number;
  memoryMb: number;
};

/** One function with a role and a log of its own. */
export class BridgeFunction extends Construct {
  readonly lambda: NodejsFunction;

  constructor(scope: Construct, id: string, props: BridgeFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Log", {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new NodejsFunction(this, "Function", {
      description: `Blocket bridge: ${props.functionName}`,
      entry: handlerFile(props.functionName),
      projectRoot,
      depsLockFilePath: resolve(projectRoot, "package-lock.json"),
      bundling: { ...bundling, commandHooks: keepBudget(props.functionName) },
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(functionTimeouts[props.functionName]),
      environment: { ...props.environment, NODE_OPTIONS: nodeOptions(props.memoryMb) },
      role: this.addRole(props.permissions, logGroup),
      logGroup,
      // Lambda's own lines of a beginning, an end and what was billed are a third of the log and tell us nothing.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
    });
  }

  /** Not Lambda's managed policy, which lets a function write every log of the account. */
  private addRole(permissions: PolicyStatement[], logGroup: LogGroup): Role {
    const writeLog = new PolicyStatement({
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup.logGroupArn],
    });
    return new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      inlinePolicies: { permissions: new PolicyDocument({ statements: [...permissions, writeLog] }) },
    });
  }
}
