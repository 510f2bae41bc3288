import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Core, Feature } from '../feature.ts';
import { ids } from './ids.ts';
import { listen, supportCommand } from './listeners.ts';

export type SupportDeps = Pick<Core, 'clock' | 'timeZone'> & { signposts: Signposts };

/** Where help is, one tap away from everywhere. Stores nothing, counts nothing, logs nothing. */
export function support(deps: SupportDeps): Feature {
  return {
    name: 'support',
    commands: [supportCommand(deps)],
    listen: (app) => listen(app, deps),
    quickActions: [{ text: 'Support', actionId: ids.open, order: 85 }],
  };
}
