// Reads [{zone, place, dates, cases: [{value, instead}]}] and writes for each case one
// string a date with the state of each quarter hour: o(pen), c(losed), u(nknown) or -
// (the clock is put forward, or the library fails). `instead` maps a date to [is it a
// holiday, the value to read if this library has it otherwise].
const OpeningHours = require('opening_hours');

const QUARTER = 15 * 60 * 1000; // milliseconds
const LETTERS = {open: 'o', close: 'c', unknown: 'u'};

function day(hours, date) {
  const [year, month, number] = date.split('-').map(Number);
  const begin = new Date(year, month - 1, number);
  const end = new Date(year, month - 1, number + 1);
  const isWhole = end - begin === 96 * QUARTER;
  const walk = hours.getIterator(begin);
  let told = '';
  let state;
  let until = begin;
  for (let quarter = 0; quarter < 96; quarter++) {
    const time = isWhole
      ? new Date(begin.getTime() + quarter * QUARTER)
      : new Date(year, month - 1, number, 0, 15 * quarter);
    if (!isWhole && time.getHours() * 4 + time.getMinutes() / 15 !== quarter) {
      told += '-';
      continue;
    }
    if (until <= time) {
      walk.setDate(time);
      state = LETTERS[walk.getStateString()];
      until = walk.advance(end) ? walk.getDate() : Infinity;
    }
    told += state;
  }
  return told;
}

function answers({value, instead}, place, dates, holidays) {
  const known = {};
  const read = (text) => (known[text] ??= new OpeningHours(text, place));
  return dates.map((date, n) => {
    const [isHoliday, other] = (instead && instead[date]) || [];
    const isSame = other === undefined || (holidays && holidays[n] === isHoliday);
    try {
      return day(read(isSame ? value : other), date);
    } catch {
      return '-'.repeat(96);
    }
  });
}

function holidaysOf(place, dates) {
  try {
    const hours = new OpeningHours('PH 00:00-24:00', place);
    return dates.map((date) => hours.getState(new Date(`${date}T12:00`)));
  } catch {
    return null; // it has none for this country
  }
}

const groups = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.error = () => {}; // it tells of each missing calendar
const told = groups.map(({zone, place, dates, cases}) => {
  process.env.TZ = zone;
  const holidays = holidaysOf(place, dates);
  return cases.map((it) => answers(it, place, dates, holidays));
});
process.stdout.write(JSON.stringify(told));
