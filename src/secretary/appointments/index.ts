export { appointmentsAmong } from './appointments-among.ts';
export { book, type Booking } from './book.ts';
export { appointmentsOf, cancelAppointment, moveAppointment, type OwnAppointment } from './own-appointments.ts';
export { freeSlots, type SlotSearch } from './free-slots.ts';
export {
  listAppointments,
  numberOfAppointment,
  type AppointmentFilter,
  type AppointmentView,
} from './list-appointments.ts';
export { hoursMistakes, type Opening } from './opening-hours.ts';
