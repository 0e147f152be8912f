/** How much memory of the machine a process has, in MiB. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const residentMegabytes = async (pid) => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout) / 1024);
};
