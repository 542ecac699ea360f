import { useMemo } from 'react';
import { qrSymbol } from './qr.ts';

type Props = { readonly text: string; readonly label: string; readonly size?: number };

/** A text as a QR symbol, drawn here: what is in it goes nowhere. Dark on light whatever the scheme, because cameras want that. */
export function QrCode({ text, label, size = 208 }: Props) {
  const { path, span } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${span} ${span}`}
      shapeRendering="crispEdges"
    >
      <rect width={span} height={span} fill="#ffffff" rx={2} />
      <path d={path} fill="#000000" />
    </svg>
  );
}

/** The quiet zone is four modules (ISO/IEC 18004, 6.3.8). */
const quiet = 4;

function drawn(text: string): { readonly path: string; readonly span: number } {
  const rows = qrSymbol(text);
  const squares = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + quiet},${y + quiet}h1v1h-1z`] : [])),
  );
  return { path: squares.join(''), span: rows.length + quiet * 2 };
}
