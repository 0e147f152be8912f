import t from 'tap';
import type { Priority } from '../../../../mock/job.js';
import { ReadyQueue } from '../../../../mock/store/memory/ready-queue.js';

interface Task {
  readonly priority: Priority;
  readonly order: number;
}

const filled = (...priorities: Priority[]): ReadyQueue<Task> => {
  const queue = new ReadyQueue<Task>();
  priorities.forEach((priority, order) => queue.add({ priority, order }));
  return queue;
};

const takeAll = (queue: ReadyQueue<Task>): Task[] => {
  const tasks: Task[] = [];
  for (let task = queue.take(); task !== undefined; task = queue.take()) tasks.push(task);
  return tasks;
};

void t.test('the highest priority comes first, and of one priority the oldest', (t) => {
  t.strictSame(
    takeAll(filled('low', 'normal', 'high', 'low', 'high', 'normal')).map(({ order }) => order),
    [2, 4, 1, 5, 0, 3],
  );
  t.end();
});

void t.test('one in eight is the oldest, so that low priority is not put off for ever', (t) => {
  const queue = filled('low', 'low', 'normal');
  const taken: Task[] = [];
  // There is always something of high priority.
  for (let order = 3; order < 60; order += 1) {
    queue.add({ priority: 'high', order });
    taken.push(queue.take() ?? { priority: 'high', order: NaN });
  }
  t.strictSame(
    taken.flatMap(({ priority }, place) => (priority === 'high' ? [] : [[place + 1, priority]])),
    [
      [8, 'low'],
      [16, 'low'],
      [24, 'normal'],
    ],
  );
  t.end();
});
