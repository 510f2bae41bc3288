import type { World } from './world.ts';
import type { SavedWorld } from './world-types.ts';

export function saveWorld(world: World): SavedWorld {
  const { teamId, appId, botId, botUserId } = world;
  return {
    at: world.clock.now().toISOString(),
    // Taken, so that nothing that follows has it again.
    lastTs: world.nextTs(),
    teamId,
    appId,
    botId,
    botUserId,
    people: [...world.people.values()],
    conversations: [...world.conversations.values()].map((one) => ({
      ...one,
      members: [...one.members],
      messages: one.messages
        .filter(({ ephemeralTo }) => ephemeralTo === undefined)
        .map((message) => ({ ...message, state: [...message.state] })),
      readUpTo: [...one.readUpTo],
    })),
    files: [...world.files.values()].map((file) => ({
      ...file,
      bytes: file.bytes.toString('base64'),
      channels: [...file.channels],
    })),
    homes: [...world.homes.values()],
  };
}

export function bringBack(world: World, saved: SavedWorld): void {
  for (const person of saved.people) world.people.set(person.id, person);
  for (const one of saved.conversations)
    world.conversations.set(one.id, {
      ...one,
      members: new Set(one.members),
      messages: one.messages.map((message) => ({ ...message, state: new Map(message.state) })),
      readUpTo: new Map(one.readUpTo),
    });
  for (const file of saved.files)
    world.files.set(file.id, {
      ...file,
      bytes: Buffer.from(file.bytes, 'base64'),
      channels: new Set(file.channels),
    });
  for (const home of saved.homes) world.homes.set(home.user, home);
}
