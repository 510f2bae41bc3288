import { type Holding, rowsOf } from '../../community/holdings.ts';
import './tables.ts';

export const homeHeld = (): Holding =>
  rowsOf('home_pages', {
    id: 'home-page',
    what: 'The page of Home you have turned to',
    read: (row) => ({ Page: row.page, 'Turned to': new Date(row.turned_at) }),
  });
