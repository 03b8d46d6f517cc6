package io.github.deepthink4j.cost;

import io.github.deepthink4j.price.PriceBand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Price lists and holidays as JSON; docs/cost.md says how they are written. */
final class PriceListFile {

    private static final Set<String> LIST = Set.of(
            "name",
            "extends",
            "checked",
            "zone",
            "hosts",
            "currency",
            "times",
            "holidays",
            "schedules",
            "prices",
            "services",
            "notes");
    private static final Set<String> ROW =
            Set.of("id", "models", "hosts", "from", "until", "schedule", "in", "source", "notes");
    private static final Set<String> PHASE =
            Set.of("from", "until", "band", "hours", "days", "notOnHolidays", "assumption", "source", "notes");
    private static final Set<String> TOKENS = Set.of("cacheHit", "cacheMiss", "output", "assumption");
    private static final Set<String> SERVICE =
            Set.of("name", "unit", "per", "from", "in", "assumption", "source", "notes");
    private static final Map<String, PriceBand> BANDS =
            Map.of("standard", PriceBand.STANDARD, "peak", PriceBand.PEAK, "off-peak", PriceBand.OFF_PEAK);

    private PriceListFile() {}

    static PriceList read(Path file) {
        return list(LocatedJson.read(file.toString(), text(file)));
    }

    static HolidayCalendar holidays(Path file) {
        return holidays(LocatedJson.read(file.toString(), text(file)));
    }

    static PriceList resource(String name) {
        return list(LocatedJson.read(name, resourceText(name)));
    }

    static HolidayCalendar holidayResource(String name) {
        return holidays(LocatedJson.read(name, resourceText(name)));
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            // As some editors on Windows begin a file.
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new PriceListException(file.toString(), 0, "", "can't be read: " + e, e);
        }
    }

    private static String resourceText(String name) {
        try (InputStream in = PriceListFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing beside " + PriceListFile.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PriceList list(LocatedJson json) {
        json.allow(LIST);
        LocatedJson base = json.optional("extends");
        PriceList.Builder list =
                base == null ? PriceList.builder(json.field("name").text()) : base(base).toBuilder();
        ifThere(json, "name", name -> list.name(name.text()));
        ifThere(json, "checked", checked -> list.checkedOn(date(checked)));
        ifThere(json, "zone", zone -> {
            if (base != null) {
                throw zone.wrong("must not be there beside 'extends', whose rows have a zone already");
            }
            list.zone(zone(zone));
        });
        ifThere(json, "hosts", hosts -> list.hosts(texts(hosts)));
        ifThere(json, "currency", currency -> list.currency(currency(currency, currency.text())));
        ifThere(json, "times", factor -> {
            if (base == null) {
                throw factor.wrong("multiplies the list that 'extends' names, and there is none");
            }
            list.times(factor.number());
        });
        LocatedJson holidays = json.optional("holidays");
        if (holidays != null) {
            HolidayCalendar before =
                    base == null ? HolidayCalendar.NONE : base(base).holidays();
            list.holidays(calendar(holidays, before));
        }
        Map<String, PriceSchedule> schedules = schedules(json.optional("schedules"));
        LocatedJson rows = base == null ? json.field("prices") : json.optional("prices");
        Set<String> ids = new HashSet<>();
        for (LocatedJson row : rows == null ? List.<LocatedJson>of() : rows.array()) {
            PriceRow read = row(row, schedules);
            if (!ids.add(read.id())) {
                throw row.field("id").wrong("is there twice: '" + read.id() + "'");
            }
            list.row(read);
        }
        ifThere(
                json,
                "services",
                services -> list.services(
                        services.array().stream().map(PriceListFile::service).toList()));
        return json.as(all -> list.build());
    }

    private static PriceList base(LocatedJson name) {
        if (!name.text().equals("deepseek")) {
            throw name.wrong("must be 'deepseek', the list that is built in, but is '" + name.text() + "'");
        }
        return PriceList.deepSeek();
    }

    /** A text names the calendar that is built in; an object has years of its own, which are added to those that are there. */
    private static HolidayCalendar calendar(LocatedJson json, HolidayCalendar before) {
        if (json.isText()) {
            if (!json.text().equals("china")) {
                throw json.wrong("must be 'china', the calendar that is built in, or an object of years");
            }
            return HolidayCalendar.china();
        }
        return before.with(holidays(json));
    }

    private static HolidayCalendar holidays(LocatedJson json) {
        HolidayCalendar calendar = HolidayCalendar.NONE;
        for (Map.Entry<String, LocatedJson> entry : json.object().entrySet()) {
            LocatedJson days = entry.getValue();
            if (entry.getKey().equals("notes") || entry.getKey().equals("source")) {
                continue;
            }
            if (!entry.getKey().matches("[0-9]{4}")) {
                throw days.wrong("must be called after a year, such as 2027");
            }
            Set<LocalDate> holidays = new TreeSet<>();
            days.array().forEach(day -> holidays.addAll(range(day)));
            HolidayCalendar before = calendar;
            calendar = days.as(all -> before.with(Integer.parseInt(entry.getKey()), holidays));
        }
        return calendar;
    }

    /** {@code 2026-10-01}, or {@code 2026-10-01/2026-10-07} with both ends. */
    private static List<LocalDate> range(LocatedJson json) {
        String[] ends = json.text().split("/", -1);
        LocalDate first = date(json, ends[0]);
        LocalDate last = date(json, ends[ends.length - 1]);
        if (ends.length > 2 || last.isBefore(first) || last.isAfter(first.plusDays(31))) {
            throw json.wrong("must be a day, or two with a / between them, the first one first, within a month");
        }
        return first.datesUntil(last.plusDays(1)).toList();
    }

    private static Map<String, PriceSchedule> schedules(@Nullable LocatedJson json) {
        Map<String, PriceSchedule> schedules = new HashMap<>();
        if (json != null) {
            json.object().forEach((name, schedule) -> schedules.put(name, schedule(schedule)));
        }
        return schedules;
    }

    private static PriceSchedule schedule(LocatedJson json) {
        json.allow(Set.of("otherwise", "phases", "notes"));
        PriceSchedule schedule = PriceSchedule.otherwise(band(json.field("otherwise")));
        for (LocatedJson phase : json.field("phases").array()) {
            schedule = schedule.with(phase(phase));
        }
        return schedule;
    }

    private static PriceSchedule.Phase phase(LocatedJson json) {
        json.allow(PHASE);
        PriceSchedule.Phase.Builder phase =
                PriceSchedule.Phase.of(band(json.field("band")), moment(json.field("from")));
        ifThere(json, "until", until -> phase.until(moment(until)));
        phase.hours(json.field("hours").array().stream()
                .map(hours -> hours.as(text -> DailyHours.of(text.text())))
                .toList());
        ifThere(
                json,
                "days",
                days -> phase.days(days.array().stream().map(PriceListFile::day).toList()));
        ifThere(json, "notOnHolidays", flag -> phase.notOnHolidays(flag.flag()));
        ifThere(json, "assumption", assumption -> phase.assumption(assumption.text()));
        return json.as(all -> phase.build());
    }

    private static PriceRow row(LocatedJson json, Map<String, PriceSchedule> schedules) {
        json.allow(ROW);
        PriceRow.Builder row = PriceRow.builder(json.field("id").text(), moment(json.field("from")));
        row.models(texts(json.field("models")));
        ifThere(json, "hosts", hosts -> row.hosts(texts(hosts)));
        ifThere(json, "until", until -> row.until(moment(until)));
        LocatedJson named = json.optional("schedule");
        if (named != null) {
            PriceSchedule schedule = schedules.get(named.text());
            if (schedule == null) {
                throw named.wrong("there is no schedule '" + named.text() + "' in this file");
            }
            row.schedule(schedule);
        }
        for (Map.Entry<String, LocatedJson> entry : json.field("in").object().entrySet()) {
            prices(row, currency(entry.getValue(), entry.getKey()), entry.getValue());
        }
        return json.as(all -> row.build());
    }

    /** One price at all hours, or one for each band. */
    private static void prices(PriceRow.Builder row, Currency currency, LocatedJson json) {
        if (json.optional("output") != null || json.object().isEmpty()) {
            row.prices(currency, tokens(json));
            return;
        }
        for (Map.Entry<String, LocatedJson> entry : json.object().entrySet()) {
            PriceBand band = BANDS.get(entry.getKey());
            if (band == null) {
                throw entry.getValue()
                        .wrong("must be called standard, peak or off-peak, or be cacheHit, cacheMiss and output");
            }
            LocatedJson prices = entry.getValue();
            row.prices(currency, band, tokens(prices));
        }
    }

    private static TokenPrices tokens(LocatedJson json) {
        json.allow(TOKENS);
        BigDecimal hit = json.field("cacheHit").number();
        BigDecimal miss = json.field("cacheMiss").number();
        BigDecimal output = json.field("output").number();
        TokenPrices prices = json.as(all -> TokenPrices.of(hit, miss, output));
        LocatedJson assumption = json.optional("assumption");
        return assumption == null ? prices : prices.assuming(assumption.text());
    }

    private static ServicePrice service(LocatedJson json) {
        json.allow(SERVICE);
        Map<Currency, BigDecimal> prices = new HashMap<>();
        json.field("in").object().forEach((code, price) -> prices.put(currency(price, code), price.number()));
        LocatedJson per = json.field("per");
        LocatedJson assumption = json.optional("assumption");
        return json.as(all -> new ServicePrice(
                json.field("name").text(),
                json.field("unit").text(),
                per.whole(),
                moment(json.field("from")),
                prices,
                assumption == null ? null : assumption.text()));
    }

    private interface Reading {
        void of(LocatedJson json);
    }

    private static void ifThere(LocatedJson json, String field, Reading reading) {
        LocatedJson found = json.optional(field);
        if (found != null) {
            found.as(value -> {
                reading.of(value);
                return true;
            });
        }
    }

    private static List<String> texts(LocatedJson json) {
        return json.array().stream().map(LocatedJson::text).toList();
    }

    private static PriceBand band(LocatedJson json) {
        PriceBand band = BANDS.get(json.text());
        if (band == null) {
            throw json.wrong("must be standard, peak or off-peak, but is '" + json.text() + "'");
        }
        return band;
    }

    private static DayOfWeek day(LocatedJson json) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().equals(json.text().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> json.wrong("must be a day such as monday, but is '" + json.text() + "'"));
    }

    private static Currency currency(LocatedJson json, String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw json.wrong("'" + code + "' is no currency; they are written as USD and CNY");
        }
    }

    private static ZoneId zone(LocatedJson json) {
        try {
            return ZoneId.of(json.text());
        } catch (DateTimeException e) {
            throw json.wrong("'" + json.text() + "' is no time zone; they are written as Asia/Shanghai or UTC");
        }
    }

    private static LocalDate date(LocatedJson json) {
        return date(json, json.text());
    }

    private static LocalDate date(LocatedJson json, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw json.wrong("must be a day such as 2026-08-17, but is '" + text + "'");
        }
    }

    /** A day, from its beginning, or a minute of it. */
    private static LocalDateTime moment(LocatedJson json) {
        String text = json.text();
        try {
            return text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay();
        } catch (DateTimeException e) {
            throw json.wrong(
                    "must be a day such as 2026-08-17, or a minute such as 2026-09-10T12:00, but is '" + text + "'");
        }
    }
}
