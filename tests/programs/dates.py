"""A calendar of meetings across time zones: datetime, zoneinfo, calendar and their texts."""

import calendar
import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

BERLIN, NEW_YORK, KOLKATA = (ZoneInfo(k) for k in ("Europe/Berlin", "America/New_York", "Asia/Kolkata"))


def weekly(start, count, zone):
    """The same hour on the wall each week."""
    for week in range(count):
        yield datetime.combine(start + timedelta(weeks=week), time(9, 30), zone)


print("-- weekly at 9:30 in New York, over both changes of the clock")
for t in weekly(date(2024, 3, 1), 6, NEW_YORK):
    print(t.isoformat(), t.tzname(), t.astimezone(BERLIN).strftime("%a %d %b %H:%M %Z"), t.astimezone(KOLKATA).time())

print("-- a gap and a fold in Berlin")
for text in ("2024-03-31T02:30", "2024-10-27T02:30"):
    for fold in (0, 1):
        t = datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)
        print(text, fold, t.utcoffset(), t.dst(), t.astimezone(UTC).isoformat(" ", "minutes"))

print("-- arithmetic")
a, b = date(2023, 12, 31), date(2024, 2, 29)
print(b - a, (b - a) * 1.5, (b - a) // timedelta(days=7), divmod(b - a, timedelta(hours=7)))
print([(a + timedelta(days=n)).isocalendar()[:] for n in range(3)], b.toordinal(), b.strftime("%G-W%V-%u %j %U %W"))
print(sorted([timedelta(hours=-1), timedelta(minutes=5), timedelta(days=1, microseconds=-1)]))
print(timedelta(days=-1, seconds=5), repr(timedelta(weeks=1.5, milliseconds=2.0005)), -timedelta(microseconds=1))

print("-- texts to dates and back")
for text in ("2024-W09-4", "20240229", "2024-02-29T24:00", "2024-02-29 10:11:12,345678+05:30:15", "2024-02-30"):
    try:
        t = datetime.fromisoformat(text)
        print(repr(t), t.timetuple()[:6])
    except ValueError as e:
        print(type(e).__name__, e)
print(datetime.strptime("29 Feb 2024 10:11 PM -0330", "%d %b %Y %I:%M %p %z"))
for make in (lambda: date(2023, 2, 29), lambda: time(24), lambda: datetime.max + timedelta(1), lambda: timezone(timedelta(1))):
    try:
        make()
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)

print("-- pickled and compared")
t = datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=BERLIN)
back = pickle.loads(pickle.dumps(t))
print(back == t, back.fold, back.tzinfo is BERLIN, hash(t) == hash(t.replace(fold=0)), t.replace(fold=0) < t)
print(datetime(2024, 1, 1, tzinfo=UTC).timestamp(), datetime.fromtimestamp(1e9, timezone(timedelta(hours=-3), "ART")))
print(calendar.month(2024, 2).rstrip())
