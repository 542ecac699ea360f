/**
 * True when an object of this JSON text names a property twice (RFC 8259 §4 leaves open which one counts, so two readers
 * may act on two values). The text must have been parsed before: nothing else of it is checked.
 */
export function namesTwice(json: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  for (let found = token.exec(json); found; found = token.exec(json)) {
    const [text] = found;
    if (text === '{') open.push(new Set());
    else if (text === '[') open.push(undefined);
    else if (text === '}' || text === ']') open.pop();
    else if (isName(json, token.lastIndex)) {
      // Escapes are undone: an escaped letter is the same letter.
      const name = JSON.parse(text) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}

/** Whether what ended here is followed by a colon. */
function isName(json: string, from: number): boolean {
  let at = from;
  while (at < json.length && ' \t\n\r'.includes(json[at]!)) at += 1;
  return json[at] === ':';
}
