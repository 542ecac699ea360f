import type { Words } from '../en/index.ts';

export const welcome: Words['welcome'] = {
  title: 'Le damos la bienvenida a Sotto',
  about:
    'Tres pasos cortos y su propia secretaria telefónica contesta. Sin claves, sin servidor de correo y sin número de teléfono.',
  step: (at, of) => `Paso ${at} de ${of}`,
  steps: ['Usted', 'Su negocio', 'Qué puede hacer'],
  next: 'Continuar',
  back: 'Atrás',
  mend: (step) => `Volver a: ${step}`,
  you: {
    title: 'Primero, usted',
    about: 'La primera cuenta es la propietaria de esta instalación. Los demás entran cuando usted los invita.',
    name: 'Su nombre',
    email: 'Correo electrónico',
    emailAbout: 'Con él inicia sesión. Ahora no se envía nada; más adelante podrá demostrar que es suyo.',
    password: 'Contraseña',
    passwordAbout: '12 caracteres o más. Cuatro palabras sin relación son seguras y fáciles de recordar.',
    code: 'Código del arranque de Sotto',
    codeAbout: 'Sotto lo mostró donde se inició, debajo de su dirección: doce letras y cifras.',
  },
  business: {
    title: 'Su negocio',
    about: 'Lo que oyen quienes llaman y cuándo pueden pedir cita. Todo se puede cambiar después.',
    name: 'Nombre del negocio',
    nameAbout: 'Tal como se dice por teléfono.',
    hours: 'Horario',
    hoursAbout: 'La secretaria contesta a cualquier hora y da citas dentro de este horario.',
  },
  purposes: {
    title: '¿Qué puede hacer su secretaria con lo que dicen quienes llaman?',
    about: 'Nada se usa para algo que usted no acepte aquí.',
  },
  keeping: {
    title: '¿Cuánto tiempo se guarda?',
    about:
      'Después se destruyen lo que se dijo, quién llamó y las grabaciones, también en las copias de la base de datos. Los clientes potenciales y las citas se quedan con usted. Puede cambiarlo cuando quiera.',
  },
  done: 'Crear mi secretaria',
  closed: {
    title: 'La primera cuenta ya existe',
    about: 'Inicie sesión con ella o pida una invitación a su propietario.',
    signIn: 'Iniciar sesión',
  },
  need: {
    name: '¿Cómo debemos llamarle?',
    email: 'Una dirección como ana@example.com',
    password: 'Al menos 12 caracteres',
    otherPassword: 'Demasiado corta o fácil de adivinar; elija otra, por ejemplo cuatro palabras sin relación',
    code: 'Escriba el código que mostró Sotto',
    business: '¿Cómo se llama el negocio?',
    hours: 'Cada día debe terminar después de empezar',
  },
};
