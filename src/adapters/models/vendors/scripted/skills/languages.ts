import { listOf } from '../clock.ts';
import { bids, type Skill } from '../scene.ts';

/** "Do you speak ...?" What can be heard in the words was switched to before; here it is only said. */
export default {
  bid(scene, heard) {
    if (heard.intents.has('otherLanguage')) return bids.control;
    return asked(scene, heard.plain) && heard.wordCount <= 8 ? bids.control : 0;
  },
  answer(scene, heard) {
    if (asked(scene, heard.plain)) return { say: [{ phrase: 'switched' }] };
    const names = scene.cast.languages.map(({ id, item }) => scene.language.called[id] ?? item.called[id] ?? id);
    return { say: [{ phrase: 'languages', words: { languages: listOf(names, scene.language.speak.and) } }] };
  },
} satisfies Skill;

function asked(scene: { readonly language: { readonly askedFor: RegExp } }, plainText: string): boolean {
  return scene.language.askedFor.test(plainText);
}
