export function addWorkingDays(date, days) {
  return new Date(date.getTime() + days * 86400000);
}
