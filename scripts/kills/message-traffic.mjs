/** Senders of messages, each of which asks for one user, and afterwards the count of what became of them. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import pg from 'pg';
import { compare, countBy, createFollow } from './following.mjs';

/** Milliseconds after which a message whose user is not there is lost. */
const longest = 180_000;
/** Messages that a sender sends at once. */
const together = 10;

/** A connection to the broker that comes back; `publish` resolves when the broker has the message on its disk. */
const createSender = (url, { queue, replies, heard }) => {
  let channel;
  let isOver = false;
  const open = async () => {
    const connection = await connect(url, { timeout: 5000 });
    connection.on('error', () => undefined);
    connection.on('close', () => (channel = undefined));
    const opened = await connection.createConfirmChannel();
    opened.on('error', () => undefined);
    // Each message that is not confirmed yet adds one.
    opened.setMaxListeners(0);
    await opened.assertQueue(replies, { durable: true });
    await opened.consume(replies, (message) => message !== null && heard(message), { noAck: true });
    channel = { connection, opened };
  };
  const opened = async () => {
    while (channel === undefined && !isOver) await open().catch(() => sleep(200));
    return channel.opened;
  };
  const tryOnce = async (message, messageId) => {
    const to = await opened();
    await new Promise((resolve, reject) => {
      to.once('close', reject);
      to.sendToQueue(
        queue,
        Buffer.from(JSON.stringify(message)),
        { persistent: true, messageId, replyTo: replies },
        (error) => {
          to.off('close', reject);
          if (error === null || error === undefined) resolve();
          else reject(new Error('not confirmed'));
        },
      );
    });
  };
  return {
    open,
    /** Again until it is confirmed: so the broker may have it twice. */
    publish: async (message, messageId) => {
      for (;;) {
        try {
          return await tryOnce(message, messageId);
        } catch {
          await sleep(100);
        }
      }
    },
    waiting: async () => (await (await opened()).checkQueue(queue)).messageCount,
    close: async () => {
      isOver = true;
      await channel?.connection.close().catch(() => undefined);
    },
  };
};

/** Requests that came of messages, and operations of them that failed, in a database in which nothing else is. */
const requestsIn = async (database) => {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const { rows } = await client.query(
    'select count(*)::int as requests, sum(failed)::int as failed from scim_mock.jobs',
  );
  await client.end();
  return rows[0];
};

/**
 * `working` rejects if a sender does. `end` waits for all users, and counts. A message is doubled if more than one request
 * came of it, and lost if its user is not there, or if it is in the dead queue. `answeredAgain`: answers to messages
 * that were answered before, which shows that they came again after they had been accepted.
 */
export const startMessageTraffic = async (asking, { broker, queue, database, clients }) => {
  const figures = { messages: 0, polls: 0, lost: 0, doubled: 0, wentBack: 0, answeredAgain: 0 };
  const follow = createFollow(asking, figures);
  const wanted = new Set();
  const answered = new Map();
  const following = [];
  const heard = ({ content, properties }) => {
    const { id } = JSON.parse(content.toString());
    const earlier = answered.get(properties.correlationId);
    if (earlier !== undefined) {
      figures.answeredAgain += 1;
      if (earlier !== id) figures.doubled += 1;
      return;
    }
    answered.set(properties.correlationId, id);
    following.push(follow(id));
  };
  const sender = createSender(broker, { queue, replies: `${queue}.replies`, heard });
  await sender.open();
  let isOver = false;

  const isThere = async (source) => {
    const filter = encodeURIComponent(`userName eq "${source}@example.com"`);
    const { body } = await asking.insist('GET', `/Users?filter=${filter}`);
    return body.totalResults === 1;
  };
  const write = async () => {
    while (!isOver) {
      const sources = Array.from({ length: together }, () => randomUUID());
      for (const source of sources) wanted.add(`${source}@example.com`);
      figures.messages += sources.length;
      await Promise.all(
        sources.map((source) => sender.publish({ operation: 'SYNC_AD', source, target: 'users' }, source)),
      );
      const deadline = Date.now() + longest;
      for (const source of sources) while (!(await isThere(source)) && Date.now() < deadline) await sleep(50);
    }
  };

  const working = Promise.all(Array.from({ length: clients }, write));
  return {
    working,
    end: async () => {
      isOver = true;
      await working;
      const deadline = Date.now() + longest;
      while ((await sender.waiting()) > 0 && Date.now() < deadline) await sleep(100);
      const statuses = await Promise.all(following);
      figures.lost += statuses.filter((status) => status === undefined).length;
      compare(wanted, await countBy(asking, '/Users', 'userName'), figures);
      const { requests, failed } = await requestsIn(database);
      figures.doubled += Math.max(0, requests - figures.messages);
      figures.lost += Math.max(0, figures.messages - requests);
      await sender.close();
      return { ...figures, requests, failed };
    },
  };
};
