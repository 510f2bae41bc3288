/** The address after `#` keeps who is acting and where they are, so that a reload or a second window stays in place. */
export type AppTab = 'home' | 'messages' | 'about';
/** In a conversation: the message to be shown, and the thread that is open beside it, by their `ts`. */
type Spot = { at?: string; thread?: string };
export type Place = ({ kind: 'conversation'; id: string } & Spot) | ({ kind: 'app'; tab: AppTab } & Spot);
export type Route = { person?: string; place?: Place };

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [person, where, tab] = path.split('/').map(decode);
  const asked = new URLSearchParams(query);
  const at = asked.get('at');
  const thread = asked.get('thread');
  const spot: Spot = { ...(at && { at }), ...(thread && { thread }) };
  const route: Route = {};
  if (person) route.person = person;
  if (where === 'app')
    route.place = { kind: 'app', tab: tab === 'home' || tab === 'about' ? tab : 'messages', ...spot };
  else if (where) route.place = { kind: 'conversation', id: where, ...spot };
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
  const spot = new URLSearchParams();
  if (place.at) spot.set('at', place.at);
  if (place.thread) spot.set('thread', place.thread);
  return `#/${encodeURIComponent(person)}/${where}${spot.size > 0 ? `?${spot}` : ''}`;
}

/** The same place with another thread open, or none. */
export function withThread(place: Place, thread: string | undefined): Place {
  const { at: _, thread: __, ...where } = place;
  return thread === undefined ? where : { ...where, thread };
}
