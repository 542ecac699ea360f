import type { Claim } from '../claim.ts';

export default {
  fulfils: ['INT-04'],
  group: 'processors',
  kind: 'roadmap',
  say: {
    en: 'Free times come from Google Calendar and appointments are written there; what is remembered of it lives for a day at most.',
    es: 'Las horas libres vienen de Google Calendar y las citas se escriben allí; lo que se recuerda de ello vive un día como mucho.',
    pt: 'Os horários livres vêm do Google Agenda e os compromissos são escritos lá; o que se lembra disso vive um dia no máximo.',
    hi: 'खाली समय Google Calendar से आता है और अपॉइंटमेंट वहीं लिखे जाते हैं; उसकी याद अधिकतम एक दिन रहती है।',
  },
  missing: {
    en: 'Appointments are booked in the calendar of this program. Google Calendar is missing.',
    es: 'Las citas se reservan en el calendario de este programa. Falta Google Calendar.',
    pt: 'Os compromissos são marcados na agenda deste programa. Falta o Google Agenda.',
    hi: 'अपॉइंटमेंट इसी प्रोग्राम के कैलेंडर में लिखे जाते हैं। Google Calendar अभी नहीं है।',
  },
} satisfies Claim;
