const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 minutes ago`, of two instants. Later than 30 days it is the day itself. */
export function ago(instant: string, now: number): string {
  const passed = now - Date.parse(instant);
  if (Number.isNaN(passed)) return instant;
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return plural(Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return plural(Math.floor(passed / HOUR), 'hour');
  if (passed < 31 * DAY) return plural(Math.floor(passed / DAY), 'day');
  return instant.slice(0, 10);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'} ago`;
}

/** 2026-11-23 15:04:05 UTC */
export function exactly(instant: string): string {
  return `${instant.slice(0, 19).replace('T', ' ')} UTC`;
}

/** Days until a day (YYYY-MM-DD) begins, UTC; negative where it has passed. */
export function daysUntil(day: string, now: number): number {
  const today = Math.floor(now / DAY);
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY) - today;
}

/** The day so many days from now, UTC. */
export function dayIn(days: number, now: number): string {
  return new Date(now + days * DAY).toISOString().slice(0, 10);
}

export function dueWords(day: string, now: number): string {
  const days = daysUntil(day, now);
  if (days < 0) return 'has ended';
  if (days === 0) return 'ends today';
  return days === 1 ? 'ends tomorrow' : `ends in ${days} days`;
}
