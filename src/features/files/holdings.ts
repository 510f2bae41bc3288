import { type Area, rowsOf } from '../../community/holdings.ts';
import './tables.ts';
import { listSlackFilesOf } from './store.ts';

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
        return { files: await listSlackFilesOf(db, personId) };
      },
    },
  ],
});
