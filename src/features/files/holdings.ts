import { type Area, rowsOf } from '../../community/holdings.ts';
import './tables.ts';

/** Files that lie in Slack for somebody, or are on their way there. */
export const filesHeld = (): Area => ({
  id: 'files',
  title: 'Files you asked for',
  why: 'So that they are removed from Slack after a day.',
  holdings: [
    {
      ...rowsOf('given_files', {
        id: 'files',
        what: 'Files that lie in your conversation with me',
        read: (row) => ({ Name: row.name, 'Goes on': new Date(row.goes_at) }),
      }),
      async elsewhere(db, personId) {
        const rows = await db
          .selectFrom('given_files')
          .select('slack_file_id')
          .where('person_id', '=', personId)
          .execute();
        return { files: rows.flatMap((row) => row.slack_file_id ?? []) };
      },
    },
  ],
});
