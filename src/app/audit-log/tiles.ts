import { Type, type TObject, type TString } from 'typebox';
import { problem } from '#base';
import { parseTilePath, widthOfTile, type Tile } from '#tlog';

/** Addresses of tiles take one to four parts behind the level: `000`, `x001/234`, and `.p/17` behind one that is not full. */
const names = ['a', 'b', 'c', 'd'] as const;

type Place = { readonly path: string; readonly params: TObject<{ level: TString }> };

/** The address patterns below a prefix, with what their parts may look like. */
export const tilePlaces: readonly Place[] = names.map((_, last) => {
  const parts = names.slice(0, last + 1);
  const part = Type.String({ pattern: '^x?[0-9]{1,3}(\\.p)?$', description: 'a part of the path of a tile' });
  const level = Type.String({ pattern: '^(entries|[0-9]{1,2})$', description: 'the level, or `entries`' });
  return {
    path: `tile/:level/${parts.map((name) => `:${name}`).join('/')}`,
    params: Type.Object({ level, ...Object.fromEntries(parts.map((name) => [name, part])) }),
  };
});

type Asked = Omit<Tile, 'level'> & { readonly level: number | 'entries' };

/** The tile that was asked for, of a tree of that size. Throws `not-found` where it has no such tile. */
export function tileAsked(params: { readonly level: string }, size: number): Asked {
  const { level, ...parts } = params;
  const path = ['tile', level, ...Object.values(parts)].join('/');
  const tile = parseTilePath(path);
  const width = tile && widthOfTile({ level: tile.level === 'entries' ? 0 : tile.level, index: tile.index }, size);
  if (!tile || !width || width < tile.width) throw problem('not-found', 'The tree has no such tile.');
  return tile;
}

/** A tile never changes: whoever has it need not ask again. */
export const forEver = (whose: 'public' | 'private') => ({ 'cache-control': `${whose}, max-age=31536000, immutable` });

export const octets = Type.String({ contentMediaType: 'application/octet-stream' });
export const plainText = Type.String({ contentMediaType: 'text/plain; charset=utf-8' });
