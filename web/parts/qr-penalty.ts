type Rows = readonly (readonly boolean[])[];

/** How hard a symbol is to read: runs, squares, what looks like a finder, and too much of one colour (7.8.3). */
export function penalty(rows: Rows): number {
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]!))].map((line) =>
    line.map((isDark) => (isDark ? '1' : '0')).join(''),
  );
  return lines.reduce((sum, line) => sum + runs(line) + finders(line), 0) + squares(rows) + balance(rows);
}

function runs(line: string): number {
  return [...line.matchAll(/0{5,}|1{5,}/g)].reduce((sum, [run]) => sum + run.length - 2, 0);
}

function finders(line: string): number {
  return [...line.matchAll(/(?=10111010000|00001011101)/g)].length * 40;
}

function squares(rows: Rows): number {
  let found = 0;
  for (let y = 1; y < rows.length; y += 1)
    for (let x = 1; x < rows.length; x += 1) {
      const isDark = rows[y]![x];
      if (isDark === rows[y - 1]![x] && isDark === rows[y]![x - 1] && isDark === rows[y - 1]![x - 1]) found += 3;
    }
  return found;
}

function balance(rows: Rows): number {
  const dark = rows.flat().filter(Boolean).length;
  const percent = (dark * 100) / rows.length ** 2;
  return Math.floor(Math.abs(percent - 50) / 5) * 10;
}
