export type {
  Answer,
  Carrier,
  CarrierAccount,
  CarrierEvent,
  Hint,
  RelayCommand,
  RelayEvent,
  SignedRequest,
  Step,
  WebhookKind,
} from './carrier.ts';
export { carrierNamed, carriers } from './catalogue.ts';
