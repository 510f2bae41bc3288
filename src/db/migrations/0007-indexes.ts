import { type Kysely, sql } from 'kysely';

/** What each beat and each page asks for, found without reading the whole table: most rows are not in these. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createIndex('reflections_deleted')
    .on('reflections')
    .column('deleted_at')
    .where('deleted_at', 'is not', null)
    .execute();
  await schema
    .createIndex('reflection_drafts_deleted')
    .on('reflection_drafts')
    .column('deleted_at')
    .where('deleted_at', 'is not', null)
    .execute();
  await schema.createIndex('seen_events_at').on('seen_events').column('seen_at').execute();
  await schema
    .createIndex('checkin_rounds_of')
    .on('checkin_rounds')
    .columns(['checkin_id', 'status'])
    .execute();
  await schema
    .createIndex('checkin_rounds_remind')
    .on('checkin_rounds')
    .column('remind_at')
    .where('remind_at', 'is not', null)
    .execute();
  await schema.createIndex('journeys_agreement').on('journeys').column('agreement_version').execute();
  await schema
    .createIndex('greetings_waiting')
    .on('greetings')
    .column('arrived_at')
    .where(sql.ref('greeted_at'), 'is', null)
    .execute();
  await schema
    .createIndex('greetings_unannounced')
    .on('greetings')
    .column('arrived_at')
    .where(sql.ref('greeted_at'), 'is', null)
    .where(sql.ref('noted_at'), 'is', null)
    .execute();
  await schema
    .createIndex('greetings_late')
    .on('greetings')
    .columns(['remind_after', 'arrived_at'])
    .where(sql.ref('greeted_at'), 'is', null)
    .where(sql.ref('reminded_at'), 'is', null)
    .execute();
  await schema
    .createIndex('people_admins')
    .on('people')
    .column('is_workspace_admin')
    .where('is_workspace_admin', '=', 1)
    .execute();
  await schema
    .createIndex('roles_held')
    .on('roles')
    .columns(['role', 'cohort_id'])
    .where(sql.ref('revoked_at'), 'is', null)
    .execute();
  await schema.createIndex('audit_log_subject').on('audit_log').column('subject').execute();
  await schema.dropIndex('outbox_person').execute();
  await schema
    .createIndex('outbox_person')
    .on('outbox')
    .columns(['person_id', 'status', 'sent_at'])
    .execute();
  await schema.createIndex('outbox_expiring').on('outbox').columns(['status', 'expires_at']).execute();
}
