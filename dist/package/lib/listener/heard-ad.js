const mostHandled = 300;
const unheard = { newest: 0, current: {}, handled: [], held: null, revision: 0 };
function kindOf(type) {
  return ["AdPublished", "AdUpdated", "AdUnpublished", "AdDeleted"].includes(type) ? "listing" : type;
}
function isHandled({ handled }, { id }) {
  return handled.some(([, known]) => known === id);
}
function isCurrent(heard, fact) {
  return !fact.isLate && fact.sequence >= (beforeReturn(heard, fact).current[kindOf(fact.type)] ?? 0);
}
function missingBefore(heard, fact) {
  const { newest } = beforeReturn(heard, fact);
  return Array.from({ length: Math.max(0, fact.sequence - newest - 1) }, (_, place) => newest + 1 + place);
}
function remember(heard, fact) {
  const { newest, current, handled, held, revision } = beforeReturn(heard, fact);
  const kind = kindOf(fact.type);
  const others = handled.filter(([, id]) => id !== fact.id);
  return {
    newest: Math.max(newest, fact.sequence),
    current: fact.isLate ? current : { ...current, [kind]: Math.max(current[kind] ?? 0, fact.sequence) },
    handled: [...others, [fact.sequence, fact.id]].slice(-mostHandled),
    held: held?.id === fact.id ? null : held,
    revision
  };
}
function beforeReturn(heard, { id, sequence }) {
  if (!heard.handled.some(([known, knownId]) => known === sequence && knownId !== id)) {
    return heard;
  }
  const newest = sequence - 1;
  const current = Object.entries(heard.current).map(([kind, at]) => [kind, Math.min(at, newest)]);
  const handled = heard.handled.map(([known, knownId]) => [known < sequence ? known : 0, knownId]);
  return { ...heard, newest, current: Object.fromEntries(current), handled };
}
export {
  isCurrent,
  isHandled,
  kindOf,
  missingBefore,
  mostHandled,
  remember,
  unheard
};
