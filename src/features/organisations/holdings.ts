import './tables.ts';
import { type Area, madeBy, storedList } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import { releaseCards, toCard } from './cards/store.ts';

/** What somebody made for everybody: it stays, without them. */
export const organisationsHeld = (vault: Vault): Area => ({
  id: 'teams',
  title: 'Team cards, and the list of organisations',
  why: 'So that colleagues find out what teams offer. It is known who keeps a card, so that they can be asked whether it is right.',
  holdings: [
    {
      ...madeBy('team_cards', 'owner_id', {
        id: 'team-cards',
        what: 'Team cards you keep',
        remains: 'The card itself, without you: curators decide what becomes of it.',
        read(row) {
          const { said, checkedOn, checkBy } = toCard(vault, row) ?? {};
          return {
            Team: said?.team,
            Organisation: said?.organisation,
            'What it offers': said?.offers,
            Advice: said?.advice,
            'How to reach it': said?.reach,
            Languages: said?.languages,
            Room: said?.room,
            'Checked on': checkedOn,
            'To be checked by': checkBy,
          };
        },
      }),
      async forget(db, personId) {
        await releaseCards(db, personId);
      },
    },
    madeBy('added_organisations', 'added_by', {
      id: 'organisations-added',
      what: 'Organisations you added to the list as a curator',
      remains: 'The organisation, without your name.',
      read: (row) => ({ Name: row.name, Boroughs: storedList(row.boroughs), Added: new Date(row.added_at) }),
    }),
    madeBy('organisation_names', 'decided_by', {
      id: 'organisation-names-decided',
      what: 'Suggested names of organisations that you decided on as a curator',
      remains: 'What was decided, without your name.',
      read: (row) => ({ 'Suggested on': row.suggested_on, Decided: row.status }),
    }),
  ],
});
