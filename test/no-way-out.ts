import type { Http } from '#base';

const refuse = () => Promise.reject(new Error('nothing leaves this machine'));

/** For keystores whose root key is on this machine. */
export const noWayOut: Http = Object.assign(refuse, { connect: refuse });
