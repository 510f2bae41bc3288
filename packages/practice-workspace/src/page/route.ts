/** The address after `#` keeps who is acting and where they are, so that a reload or a second window stays in place. */
export type AppTab = 'home' | 'messages' | 'about';
export type Place = { kind: 'conversation'; id: string } | { kind: 'app'; tab: AppTab };
export type Route = { person?: string; place?: Place };

export function readRoute(hash: string): Route {
  const [person, where, tab] = hash.replace(/^#\/?/, '').split('/').map(decode);
  const route: Route = {};
  if (person) route.person = person;
  if (where === 'app')
    route.place = { kind: 'app', tab: tab === 'home' || tab === 'about' ? tab : 'messages' };
  else if (where) route.place = { kind: 'conversation', id: where };
  return route;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function writeRoute(person: string, place: Place): string {
  const where = place.kind === 'app' ? `app/${place.tab}` : encodeURIComponent(place.id);
  return `#/${encodeURIComponent(person)}/${where}`;
}
