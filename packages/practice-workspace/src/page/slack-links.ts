import type { Snapshot } from '../protocol.ts';
import type { Place } from './route.ts';

/** What a link that Slack itself opens leads to: a place, or somebody to write to. */
export type SlackTarget = Place | { kind: 'person'; id: string };

type Home = { workspace: Snapshot['workspace']; app: Snapshot['app'] };

/**
 * Links into this workspace, in the forms that Slack documents; undefined for any other address.
 * /reference/deep-linking, /reference/methods/chat.getPermalink
 */
export function slackTarget(address: string, { workspace, app }: Home): SlackTarget | undefined {
  const url = URL.parse(address.trim());
  if (!url) return undefined;
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const isHere = (team: string) => team === '' || team === workspace.id;
  if (url.protocol === 'slack:') {
    if (!isHere(asked('team'))) return undefined;
    switch (url.host) {
      case 'channel':
        return whoOrWhere(asked('id'), asked('message'));
      case 'user':
        return whoOrWhere(asked('id'));
      case 'app':
        return asked('id') === app.id ? appPlace(asked('tab')) : undefined;
      default:
        return undefined;
    }
  }
  if (url.protocol !== 'https:') return undefined;
  const [first = '', second = '', third = '', fourth = ''] = url.pathname.split('/').slice(1);
  if (first === 'app_redirect' && /^([a-z0-9-]+\.)?slack\.com$/.test(url.host)) {
    if (!isHere(asked('team'))) return undefined;
    if (asked('app') !== '') return asked('app') === app.id ? appPlace(asked('tab')) : undefined;
    return whoOrWhere(asked('channel'), asked('message_ts'));
  }
  if (url.host === 'app.slack.com' && first === 'client')
    return second === workspace.id ? whoOrWhere(third, fourth) : undefined;
  if (url.host !== `${workspace.domain}.slack.com`) return undefined;
  if (first === 'team') return whoOrWhere(second);
  if (first !== 'archives') return undefined;
  const place = whoOrWhere(second, third.replace(/^p(\d+)(\d{6})$/, '$1.$2'));
  const thread = asked('thread_ts');
  return place?.kind === 'conversation' && thread ? { kind: 'conversation', id: place.id, thread } : place;
}

function whoOrWhere(id: string, at = ''): SlackTarget | undefined {
  if (/^[UW][A-Z0-9]+$/.test(id)) return { kind: 'person', id };
  if (!/^[CDG][A-Z0-9]+$/.test(id)) return undefined;
  return { kind: 'conversation', id, ...(/^\d+\.\d{6}$/.test(at) && { at }) };
}

function appPlace(tab: string): Place {
  return { kind: 'app', tab: tab === 'home' || tab === 'about' ? tab : 'messages' };
}
