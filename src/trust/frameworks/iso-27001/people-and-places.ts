import { control, open, shown, yours, type Control } from '../../framework.ts';

/** Annex A, themes 6 and 7. */
// oxfmt-ignore
export const peopleAndPlaces: readonly Control[] = [
  control('A.6.1', yours('hiring'), { en: 'People are checked first', es: 'Antes se comprueba a las personas', pt: 'As pessoas são verificadas antes', hi: 'लोगों की पहले जाँच होती है' }),
  control('A.6.2', yours('hiring'), { en: 'Terms of employment', es: 'Condiciones de empleo', pt: 'Condições de emprego', hi: 'रोज़गार की शर्तें' }),
  control('A.6.3', yours('training'), { en: 'People are trained', es: 'La gente recibe formación', pt: 'As pessoas são treinadas', hi: 'लोगों को प्रशिक्षण मिलता है' }),
  control('A.6.4', yours('conduct'), { en: 'What follows when rules are broken', es: 'Qué ocurre si se rompen las reglas', pt: 'O que acontece quando regras são quebradas', hi: 'नियम टूटने पर क्या होता है' }),
  control('A.6.5', yours('leaving'), { en: 'Duties that outlast employment', es: 'Deberes que duran más que el empleo', pt: 'Deveres que duram além do emprego', hi: 'नौकरी के बाद भी रहने वाले दायित्व' }),
  control('A.6.6', yours('hiring'), { en: 'Agreements on secrecy', es: 'Acuerdos de secreto', pt: 'Acordos de sigilo', hi: 'गोपनीयता के समझौते' }),
  control('A.6.7', shown(['secondFactor', 'transit'], 'devices'), { en: 'Work from elsewhere', es: 'Trabajo desde otro lugar', pt: 'Trabalho a distância', hi: 'कहीं और से काम' }),
  control('A.6.8', open('AUD-06', 'incidents'), { en: 'People report what they see', es: 'La gente comunica lo que ve', pt: 'As pessoas relatam o que veem', hi: 'लोग जो देखते हैं, बताते हैं' }),
  control('A.7.1', yours('premises'), { en: 'Borders of the building', es: 'Límites del edificio', pt: 'Limites do prédio', hi: 'भवन की सीमाएँ' }),
  control('A.7.2', yours('premises'), { en: 'Entry', es: 'Entrada al edificio', pt: 'Entrada no prédio', hi: 'प्रवेश' }),
  control('A.7.3', yours('premises'), { en: 'Offices and rooms', es: 'Oficinas y salas', pt: 'Escritórios e salas', hi: 'कार्यालय और कमरे' }),
  control('A.7.4', yours('premises'), { en: 'The building is watched', es: 'El edificio se vigila', pt: 'O prédio é vigiado', hi: 'भवन पर नज़र रखी जाती है' }),
  control('A.7.5', yours('premises'), { en: 'Fire, water and the like', es: 'Fuego, agua y similares', pt: 'Fogo, água e similares', hi: 'आग, पानी और ऐसे ख़तरे' }),
  control('A.7.6', yours('premises'), { en: 'Work in secured rooms', es: 'Trabajo en salas protegidas', pt: 'Trabalho em salas protegidas', hi: 'सुरक्षित कमरों में काम' }),
  control('A.7.7', yours('devices'), { en: 'Clear desks and screens', es: 'Mesas y pantallas despejadas', pt: 'Mesas e telas limpas', hi: 'ख़ाली मेज़ और स्क्रीन' }),
  control('A.7.8', yours('premises'), { en: 'Where equipment stands', es: 'Dónde están los equipos', pt: 'Onde ficam os equipamentos', hi: 'उपकरण कहाँ रखे हैं' }),
  control('A.7.9', yours('devices'), { en: 'Things outside the building', es: 'Cosas fuera del edificio', pt: 'Coisas fora do prédio', hi: 'भवन के बाहर की चीज़ें' }),
  control('A.7.10', shown(['sealed'], 'media'), { en: 'Storage media', es: 'Soportes de almacenamiento', pt: 'Mídias de armazenamento', hi: 'भंडारण माध्यम' }),
  control('A.7.11', yours('hosting'), { en: 'Power and other supplies', es: 'Electricidad y otros suministros', pt: 'Energia e outros suprimentos', hi: 'बिजली और अन्य आपूर्ति' }),
  control('A.7.12', yours('premises'), { en: 'Cables', es: 'Cableado', pt: 'Cabos', hi: 'केबल और तार' }),
  control('A.7.13', yours('hosting'), { en: 'Maintenance', es: 'Mantenimiento', pt: 'Manutenção', hi: 'रखरखाव' }),
  control('A.7.14', shown(['noRemains', 'keys'], 'media'), { en: 'Safe disposal or use again', es: 'Desecho o reutilización sin riesgo', pt: 'Descarte ou reutilização sem risco', hi: 'सुरक्षित निपटान या पुनः उपयोग' }),
];
