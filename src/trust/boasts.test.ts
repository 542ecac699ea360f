import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '#base';
import { boasts, boastsOfName, refuseBoasts } from './boasts.ts';

for (const sentence of [
  'We are SOC 2 certified.',
  'Fully GDPR compliant.',
  'In compliance with HIPAA.',
  'Guaranteed uptime.',
  '100 % safe.',
  '100% private.',
  '\uFF11\uFF10\uFF10\uFF05 safe.',
  'One hundred percent safe.',
  'Cer\u00ADtified.',
  'Military-grade encryption.',
  'Completely secure.',
  'Empresa certificada.',
  'El servicio cumple con el RGPD.',
  'Garantizamos la disponibilidad.',
  'Ofrecemos garantía total.',
  'Totalmente seguro.',
  'Serviço em conformidade com a LGPD.',
  'Garante a entrega.',
  'Cem por cento seguro.',
  'Inviolável.',
  'हमारी सेवा प्रमाणित है।',
  'पूर्ण अनुपालन।',
  'सुरक्षा की गारंटी।',
  'शत-प्रतिशत सुरक्षित।',
  'यह पूरी तरह सुरक्षित है।',
]) {
  test(`a boast is found: ${sentence}`, () => assert.ok(boasts(sentence).length > 0));
}

for (const sentence of [
  'Every row belongs to one organisation.',
  'A penetration test by an outside party is on file.',
  'Cómo se cumple y cómo comprobarlo usted.',
  'Como isso é cumprido, e como verificar.',
  'हर पंक्ति एक ही संगठन की होती है।',
  'दो चरणों वाला प्रमाणीकरण।',
  'Of 1000 calls, 10 % were short.',
]) {
  test(`a plain sentence passes: ${sentence}`, () => assert.deepEqual(boasts(sentence), []));
}

test('a document in date backs the sentence that names what it is about, and no other', () => {
  assert.deepEqual(boasts('ISO 27001 certified by an outside auditor.', ['iso27001-certificate']), []);
  assert.notDeepEqual(boasts('SOC 2 certified.', ['iso27001-certificate']), []);
  assert.notDeepEqual(boasts('ISO 27001 certified.'), []);
});

test('no document backs a promise without bounds', () => {
  assert.deepEqual(boasts('ISO 27001 certified, guaranteed.', ['iso27001-certificate']), ['guaranteed']);
});

test('a typed text that boasts is refused with the word and its place', () => {
  assert.doesNotThrow(() => refuseBoasts([{ at: '/text', text: 'We answer within two days.' }]));
  assert.throws(
    () => refuseBoasts([{ at: '/text', text: 'We are fully compliant.' }]),
    (error) => {
      assert.ok(isProblem(error, 'boast-unbacked'));
      assert.deepEqual(error.mistakes, [{ at: '/text', fix: 'must not say “compliant”' }]);
      return true;
    },
  );
});

for (const name of [
  'Certified Public Accountants of Springfield LLC',
  'Guaranteed Rate Inc.',
  'Compliance Partners LLP',
  '100 % Organic Foods Ltd',
  'Garantía Seguros, S. A.',
  'Certificadora do Vale Ltda.',
  'गारंटी ट्रेडर्स प्राइवेट लिमिटेड',
]) {
  test(`a registered name is a fact: ${name}`, () => {
    assert.ok(boasts(name).length > 0, 'as a sentence it would boast');
    assert.deepEqual(boastsOfName(name), []);
  });
}

for (const name of [
  'Acme 100 % GDPR compliant Ltd',
  'Harbour, ISO 27001 certified',
  'SOC 2 Certified Inc.',
  'SO\u00ADC 2 Cer\u00ADtified Inc.',
  'HIPAA-Compliant Dental PLLC',
  'Certified Secure Ltd',
  'Privacy Guaranteed LLC',
  'Unhackable Phones Inc.',
  'Military-Grade Encryption Ltd',
  'Totalmente Segura, S. A.',
  'Voz Certificada LGPD Ltda.',
  'Segurança Garantida Ltda.',
  'पूरी तरह सुरक्षित कॉल लिमिटेड',
]) {
  test(`a name that could be taken for a certificate is refused: ${name}`, () =>
    assert.ok(boastsOfName(name).length > 0));
}

test('a name may say what a document in date backs, and nothing beside it', () => {
  assert.deepEqual(boastsOfName('Harbour, ISO 27001 certified', ['iso27001-certificate']), []);
  assert.notDeepEqual(boastsOfName('Harbour, SOC 2 certified', ['iso27001-certificate']), []);
});

test('only the name is read as a name', () => {
  const text = 'Certified Public Accountants of Springfield LLC';
  assert.doesNotThrow(() => refuseBoasts([{ at: '/legalName', text, isName: true }]));
  assert.throws(() => refuseBoasts([{ at: '/address', text }]), { code: 'boast-unbacked' });
});
