/** The first window of an entry that is not in the catalogue, filled in. */
export const page = {
  'Web address': 'https://www.example.org/wombat',
  Title: 'Wombat nights',
  'Who publishes it': 'Example Trust',
  'One sentence about it': 'What helps babies and those around them at night.',
  Kind: 'Leaflet',
};
