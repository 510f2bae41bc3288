import { type Kysely, sql } from 'kysely';

/** What pages and beats ask of the whole community, found without reading rows of which they want none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createIndex('resource_feedback_reported')
    .on('resource_feedback')
    .column('resource_id')
    .where((eb) =>
      eb.or([eb(sql.ref('link_problem_at'), 'is not', null), eb(sql.ref('out_of_date_at'), 'is not', null)]),
    )
    .execute();
  await schema
    .createIndex('saved_resources_removed')
    .on('saved_resources')
    .column('removed_at')
    .where(sql.ref('removed_at'), 'is not', null)
    .execute();
  await schema
    .createIndex('people_deactivated')
    .on('people')
    .column('deactivated_at')
    .where(sql.ref('deactivated_at'), 'is not', null)
    .execute();
  // Counting somebody's, and finding their latest, need no look at the rows.
  await schema.dropIndex('reflections_person').execute();
  await schema
    .createIndex('reflections_person')
    .on('reflections')
    .columns(['person_id', 'deleted_at', 'written_at', 'id'])
    .execute();
  await schema
    .createIndex('checkins_asking_first')
    .on('checkins')
    .columns(['status', 'created_at'])
    .where(sql.ref('asks_first'), '=', sql.lit(1))
    .execute();
  await schema
    .createIndex('checkins_counted_from')
    .on('checkins')
    .columns(['status', 'next_at'])
    .where(sql.ref('counted_from'), 'is not', null)
    .execute();
  await schema
    .createIndex('checkin_rounds_held_back')
    .on('checkin_rounds')
    .column('id')
    .where(sql.ref('held_back'), 'is not', null)
    .execute();
  await schema
    .createIndex('checkin_rounds_closed')
    .on('checkin_rounds')
    .column('closed_at')
    .where(sql.ref('closed_at'), 'is not', null)
    .execute();
  await schema
    .createIndex('checkin_rounds_counted')
    .on('checkin_rounds')
    .columns(['status', 'counted_on'])
    .execute();
  await schema
    .createIndex('trainee_imports_state')
    .on('trainee_imports')
    .columns(['state', 'created_at'])
    .execute();
  await schema
    .createIndex('training_sessions_tell')
    .on('training_sessions')
    .column('tell_at')
    .where(sql.ref('tell_at'), 'is not', null)
    .execute();
  await schema.dropIndex('training_bookings_offered').execute();
  await schema
    .createIndex('training_bookings_status')
    .on('training_bookings')
    .columns(['session_id', 'status'])
    .execute();
  for (const status of ['waiting', 'offered'])
    await schema
      .createIndex(`training_bookings_${status}`)
      .on('training_bookings')
      .column('session_id')
      .where(sql.ref('status'), '=', sql.lit(status))
      .execute();
  await schema
    .alterTable('training_sessions')
    .addColumn('needs_look_at', 'text', (c) => c.defaultTo('1970-01-01T00:00:00.000Z'))
    .execute();
  await schema
    .createIndex('training_sessions_needs')
    .on('training_sessions')
    .column('needs_look_at')
    .where(sql.ref('needs_look_at'), 'is not', null)
    .execute();
}
