import { iso, sql, systemClock, systemRandom, type Id, type Sql } from '#base';

/** A row as the product writes many of: two ids, three sealed or hashed values, two times. */
export function insertContact(organisation: Id, id: Id): Sql {
  const at = iso(systemClock.now());
  return sql`
    insert into app.contacts (organisation_id, id, phone, phone_index, name, language, created_at, seen_at)
    values (${organisation}, ${id}, ${systemRandom.bytes(64)}, ${systemRandom.bytes(32)}, ${systemRandom.bytes(80)},
      'en', ${at}, ${at})`;
}
