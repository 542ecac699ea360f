import type { Heard } from './hear/heard.ts';
import { plain, wordsOf } from './hear/plain.ts';
import type { Language } from './language.ts';
import type { Scene } from './scene.ts';

/** From this share of a question's weight on, a fact is taken for its answer. Found by the dialogues in the tests. */
const threshold = 0.5;

/** Scores this near each other answer the same question: "what do you charge?" */
const nearness = 0.04;

/** `subject` when question and fact name the same subject, not just a common word. */
export type Match = { readonly answer: string; readonly score: number; readonly subject: boolean };

type Fact = { readonly answer: string; readonly about: ReadonlySet<string>; readonly inAnswer: ReadonlySet<string> };

/**
 * The facts that answer a question best, at most two when they are equally near; undefined when none comes near.
 * Words count by their stem and by the subject they belong to, rare ones more; a word of the subject line counts in
 * full, one of the answer by half.
 */
export function factFor(scene: Scene, heard: Heard): Match | undefined {
  const found = [heard.plain, ...questionsIn(scene, heard)].flatMap((asked) => factAbout(scene, asked) ?? []);
  return found.reduce<Match | undefined>((best, one) => (best && best.score >= one.score ? best : one), undefined);
}

/** The clauses that ask something by themselves: what is told before them weighs nothing. */
function questionsIn({ language }: Scene, { text }: Heard): readonly string[] {
  const clauses = text.split(/[.,;!?¿]+/u).map(plain);
  return clauses.length > 1 ? clauses.filter((clause) => language.hear.question.test(clause)) : [];
}

function factAbout(scene: Scene, plainText: string): Match | undefined {
  const asked = tokens(plainText, scene.language, ownWords(scene));
  if (asked.size === 0) return undefined;
  const written = writtenIn(scene);
  const facts: readonly Fact[] = scene.briefing.facts.map(({ about, answer }) => ({
    answer,
    about: tokens(plain(about), written, new Set()),
    inAnswer: tokens(plain(answer), written, new Set()),
  }));
  const weights = new Map([...asked].map((token) => [token, weightOf(token, facts, written === scene.language)]));
  const scored = facts.map((fact) => {
    const subject = [...asked].some((token) => isSubject(token) && fact.about.has(token));
    return { answer: fact.answer, score: scoreOf(fact, weights), subject };
  });
  const ranked = scored.toSorted((a, b) => b.score - a.score).filter(({ score }) => score >= threshold);
  const best = ranked[0];
  if (!best) return undefined;
  const equal = ranked.filter(({ score }) => best.score - score < nearness).slice(0, 2);
  return { answer: equal.map(({ answer }) => answer).join(' '), score: best.score, subject: best.subject };
}

/** How many words of the utterance carry a subject at all. */
export function contentOf(scene: Scene, text: string): number {
  return tokens(plain(text), scene.language, ownWords(scene)).size;
}

/** Words that no fact knows weigh less when facts and question are in different languages. */
function weightOf(token: string, facts: readonly Fact[], sameLanguage: boolean): number {
  const holding = facts.filter(({ about, inAnswer }) => about.has(token) || inAnswer.has(token)).length;
  if (holding === 0) return sameLanguage ? 1 : 0.4;
  return 0.6 + 1 / holding;
}

function scoreOf({ about, inAnswer }: Fact, weights: ReadonlyMap<string, number>): number {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const gained = [...weights].reduce((sum, [token, weight]) => {
    return sum + weight * (about.has(token) ? 1 : inAnswer.has(token) ? 0.5 : 0);
  }, 0);
  const missed = [...about].filter((token) => !weights.has(token)).length;
  const named = [...weights.keys()].some((token) => about.has(token));
  const score = gained / total - missed * 0.01 + (named ? 0 : 0.1);
  return otherSubject([...weights.keys()], about, inAnswer) ? score / 2 : score;
}

/** "How long does a cleaning take?" is not answered by what it costs. */
function otherSubject(asked: readonly string[], about: ReadonlySet<string>, inAnswer: ReadonlySet<string>): boolean {
  const subjects = asked.filter(isSubject);
  const shared = subjects.some((subject) => about.has(subject) || inAnswer.has(subject));
  return subjects.length > 0 && !shared && [...about].some(isSubject);
}

function isSubject(token: string): boolean {
  return token.startsWith('#');
}

/** The business's own name asks for nothing: "what does Hill Dental charge" is about charges. */
function ownWords(scene: Scene): ReadonlySet<string> {
  return new Set(wordsOf(plain(scene.briefing.business)));
}

/** The language the business writes its facts in, as far as it is one of ours. */
function writtenIn(scene: Scene): Language {
  const base = scene.briefing.language.split('-')[0];
  return scene.cast.languages.find(({ id }) => id === base)?.item ?? scene.language;
}

/** Stems of the words that matter; words of a known subject stand for the subject, in any language. */
function tokens(text: string, language: Language, except: ReadonlySet<string>): ReadonlySet<string> {
  const found = wordsOf(text).flatMap((word) => {
    if (except.has(word)) return [];
    const subject = subjectOf(word, language);
    if (subject !== undefined) return [subject];
    const counts = word.length > 1 && !language.stopWords.has(word);
    return counts ? [language.stem(word)] : [];
  });
  return new Set(found);
}

function subjectOf(word: string, { subjects, stem }: Language): string | undefined {
  const subject = subjects.get(word) ?? (word.length > 3 ? subjects.get(stem(word)) : undefined);
  return subject && `#${subject}`;
}
