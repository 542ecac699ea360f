const place = 'sotto-claim';

/** Keeps what shows that this browser began a sign-up: with it the password holds that was chosen here. */
export function keepClaim(claim: string): void {
  localStorage.setItem(place, claim);
}

/** Takes it out again; it counts for one link. */
export function takeClaim(): string | undefined {
  const claim = localStorage.getItem(place) ?? undefined;
  localStorage.removeItem(place);
  return claim;
}
