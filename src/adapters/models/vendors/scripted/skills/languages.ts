import { listOf } from '../clock.ts';
import { plain, wordsOf } from '../hear/plain.ts';
import { bids, type Scene, type Skill } from '../scene.ts';

/** "Do you speak ...?" What can be heard in the words was switched to before; here it is only said. */
export default {
  bid(scene, heard) {
    if (heard.intents.has('otherLanguage')) return bids.control;
    return heard.wordCount <= 8 && (asked(scene, heard.plain) || named(scene, heard.plain)) ? bids.control : 0;
  },
  answer(scene, heard) {
    if (!heard.intents.has('otherLanguage')) return { say: [{ phrase: 'switched' }] };
    const names = scene.cast.languages.map(({ id, item }) => scene.language.called[id] ?? item.called[id] ?? id);
    return { say: [{ phrase: 'languages', words: { languages: listOf(names, scene.language.speak.and) } }] };
  },
} satisfies Skill;

function asked({ language }: Scene, plainText: string): boolean {
  return language.askedFor.test(plainText);
}

/** "I don't speak Spanish": the language was found out by then, and only has to be said. */
function named({ cast, language }: Scene, plainText: string): boolean {
  const names = cast.languages.map(({ id }) => plain(language.called[id] ?? ''));
  return names.some((name) => name !== '' && wordsOf(plainText).includes(name));
}
