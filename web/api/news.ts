import { createContext, useContext, useEffect } from 'react';
import type { Change } from './pace.ts';

type Hear = (change: Change) => void;

/** Whoever on the page wants to hear of every change. */
export type News = { readonly tell: Hear; readonly hear: (hear: Hear) => () => void };

export function newNews(): News {
  const listeners = new Set<Hear>();
  return {
    tell: (change) => {
      for (const hear of listeners) hear(change);
    },
    hear(one) {
      listeners.add(one);
      return () => void listeners.delete(one);
    },
  };
}

export const NewsContext = createContext<News>(newNews());

/** Hears of every change that the server tells, for what is not simply looked up again. */
export function useNews(hear: Hear): void {
  const news = useContext(NewsContext);
  useEffect(() => news.hear(hear), [news, hear]);
}
