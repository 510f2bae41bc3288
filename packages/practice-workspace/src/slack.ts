import type { Activity } from './activity.ts';
import type { AppEvents } from './app-events.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketMode } from './socket.ts';
import type { Triggers } from './triggers.ts';
import type { World } from './world.ts';

/** The parts of the workspace that know each other; put together in `index.ts`. */
export type Slack = {
  world: World;
  activity: Activity;
  faults: Faults;
  triggers: Triggers;
  delivery: Delivery;
  events: AppEvents;
  responseUrls: ResponseUrls;
  socket: SocketMode;
  /** `http://127.0.0.1:port`, known once the server listens. */
  baseUrl: () => string;
};
