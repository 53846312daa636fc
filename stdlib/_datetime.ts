// CPython 3.14: Modules/_datetimemodule.c (the module)
//
// The types are in datetime_delta.ts, datetime_tz.ts, datetime_date.ts, datetime_time.ts and
// datetime_datetime.ts, their objects in datetime_objects.ts.

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { PyCapsule } from "./capsule.ts";
import "./datetime_date.ts";
import "./datetime_datetime.ts";
import "./datetime_time.ts";
import "./datetime_tz.ts";
import { MAXYEAR, MINYEAR } from "./datetime_calendar.ts";
import { deltaType } from "./datetime_delta.ts";
import { dateTimeType, dateType, timeType, timezoneType, tzinfoType, utc } from "./datetime_objects.ts";

export const spec: ModuleSpec = {
  name: "_datetime",
  doc: "Fast implementation of the datetime module.",
  types: {
    timedelta: deltaType,
    date: dateType,
    tzinfo: tzinfoType,
    time: timeType,
    datetime: dateTimeType,
    timezone: timezoneType,
  },
  constants: {
    MINYEAR,
    MAXYEAR,
    UTC: () => utc(),
    datetime_CAPI: () => new PyCapsule("datetime.datetime_CAPI"),
  },
};
