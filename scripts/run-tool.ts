import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at its end. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

export type ToolResult = { code: number; output: string };

/** The JavaScript file behind a package's command; run with our own Node, so that no shell and no other Node gets between. */
export function toolScript(packagePath: string): string {
  return join(root, 'node_modules', packagePath);
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const running = new Set<ChildProcess>();

/** A script that is told to end takes its tools along; a tool left behind would go on building or testing. */
function endWithTools(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
  process.exit(128 + constants.signals[signal]);
}

function track(child: ChildProcess): void {
  if (running.size === 0) for (const signal of endingSignals) process.on(signal, endWithTools);
  running.add(child);
}

function untrack(child: ChildProcess): void {
  running.delete(child);
  // Outside tools the script's own way of ending holds.
  if (running.size === 0) for (const signal of endingSignals) process.off(signal, endWithTools);
}

/**
 * Runs a program in the project's folder and gathers what it prints, both streams in order of arrival. A program that can't be
 * started counts as failed with code 127 and says so in its output. With `show` it writes to this terminal and gathers nothing.
 */
export function runTool(
  command: string,
  args: readonly string[],
  options: { show?: boolean } = {},
): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
    });
    track(child);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      untrack(child);
      resolve({ code: 127, output: `${command}: ${error.message}\n` });
    });
    child.on('close', (code) => {
      untrack(child);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
