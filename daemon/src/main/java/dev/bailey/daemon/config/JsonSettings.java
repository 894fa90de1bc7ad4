package dev.bailey.daemon.config;

import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonReader.Token;
import io.avaje.json.stream.JsonStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of a daemon.json, each with its line. */
final class JsonSettings {
    private static final Pattern POSITION = Pattern.compile("position: (\\d{1,9})");
    private static final Pattern CONTEXT = Pattern.compile(",? ?(at position: \\d+|following:).*", Pattern.DOTALL);

    private final Path file;
    private final byte[] json;
    private final Consumer<String> passedOver;
    private final boolean foreign;
    private final List<Given> given = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private boolean importsDocker;

    private JsonSettings(Path file, byte[] json, boolean foreign, Consumer<String> passedOver) {
        this.file = file;
        this.json = json;
        this.foreign = foreign;
        this.passedOver = passedOver;
    }

    /**
     * Reads the daemon's own file.
     *
     * @throws UsageException naming the line that is wrong
     */
    static JsonSettings read(Path file, byte[] json) {
        return new JsonSettings(file, json, false, _ -> {}).read();
    }

    /**
     * Reads Docker's file.
     *
     * @param passedOver told the keys that are Docker's own affair
     */
    static JsonSettings readDocker(Path file, byte[] json, Consumer<String> passedOver) {
        return new JsonSettings(file, json, true, passedOver).read();
    }

    List<Given> given() {
        return given;
    }

    boolean importsDocker() {
        return importsDocker;
    }

    Origin origin(String key) {
        return Origin.keys(file, lines.getOrDefault(key, 1));
    }

    private JsonSettings read() {
        try (JsonReader reader = JsonStream.builder().build().reader(json)) {
            reader.beginObject();
            while (reader.hasNextField()) {
                String key = reader.nextField();
                read(key, line(reader), reader);
            }
            reader.endObject();
            checkNothingBehind(position(reader.location()));
        } catch (JsonException e) {
            throw new UsageException(file + ":" + lastLine() + ": is not JSON: "
                    + CONTEXT.matcher(String.valueOf(e.getMessage()))
                            .replaceFirst("")
                            .replaceAll("\\s+", " "));
        }
        return this;
    }

    private void read(String key, int line, JsonReader reader) {
        Integer earlier = lines.put(key, line);
        Origin origin = Origin.keys(file, line);
        if (earlier != null) {
            throw new UsageException(
                    key + " is set twice, in " + file + ":" + earlier + " and in " + origin.place() + ": set it once");
        }
        Optional<Setting> setting = Setting.ofKey(key);
        if (setting.isPresent() && (!foreign || setting.get().isImported())) {
            given.add(new Given(setting.get(), values(setting.get(), origin, reader), origin));
        } else if (key.equals(WordSettings.IMPORT_DOCKER) && !foreign) {
            importsDocker = Boolean.parseBoolean(scalar(Token.BOOLEAN, "true or false", origin, key, reader));
        } else {
            readForeign(key, origin, reader);
        }
    }

    private void readForeign(String key, Origin origin, JsonReader reader) {
        Optional<DockerSetting> known = DockerSetting.ofKey(key);
        if (known.isEmpty() && Setting.ofKey(key).isEmpty()) {
            throw new UsageException(origin.place() + ": '" + key + "' is unknown: no setting has that key");
        }
        if (foreign && known.filter(DockerSetting::isOfTheNetwork).isEmpty()) {
            passedOver.accept(key);
            reader.skipValue();
        } else if (!reader.isNullValue() && reader.currentToken() == Token.BOOLEAN) {
            known.orElseThrow().check(Boolean.toString(reader.readBoolean()), origin);
        } else {
            known.orElseThrow().check("", origin);
        }
    }

    private List<String> values(Setting setting, Origin origin, JsonReader reader) {
        List<String> values = switch (setting.shape()) {
            case TEXT -> List.of(scalar(Token.STRING, "a text in quotes", origin, setting.key(), reader));
            case NUMBER -> List.of(scalar(Token.NUMBER, "a number", origin, setting.key(), reader));
            case FLAG -> List.of(scalar(Token.BOOLEAN, "true or false", origin, setting.key(), reader));
            case LIST ->
                list(
                        origin,
                        setting.key(),
                        reader,
                        item -> scalar(Token.STRING, "a list of texts in quotes", origin, setting.key(), item));
            case POOLS -> list(origin, setting.key(), reader, item -> pool(origin, setting.key(), item));
        };
        if (values.isEmpty()) {
            throw wrong(origin, setting.key(), "a list of at least one: leave the key out instead");
        }
        return values;
    }

    private static String scalar(Token expected, String right, Origin origin, String key, JsonReader reader) {
        if (reader.isNullValue() || reader.currentToken() != expected) {
            throw wrong(origin, key, right);
        }
        return switch (expected) {
            case STRING -> reader.readString();
            case NUMBER -> reader.readDecimal().toPlainString();
            case BOOLEAN -> Boolean.toString(reader.readBoolean());
            case BEGIN_ARRAY, BEGIN_OBJECT, NULL -> throw new IllegalArgumentException("no scalar: " + expected);
        };
    }

    @FunctionalInterface
    private interface Item {
        String read(JsonReader reader);
    }

    private static List<String> list(Origin origin, String key, JsonReader reader, Item item) {
        if (reader.isNullValue() || reader.currentToken() != Token.BEGIN_ARRAY) {
            throw wrong(origin, key, "a list in brackets");
        }
        List<String> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNextElement()) {
            values.add(item.read(reader));
        }
        reader.endArray();
        return values;
    }

    /** Docker's form, {@code {"base": "10.0.0.0/8", "size": 24}}, as its command line has it. */
    private static String pool(Origin origin, String key, JsonReader reader) {
        String right = "a list like [{\"base\": \"10.0.0.0/8\", \"size\": 24}]";
        if (reader.isNullValue() || reader.currentToken() != Token.BEGIN_OBJECT) {
            throw wrong(origin, key, right);
        }
        List<String> parts = new ArrayList<>();
        reader.beginObject();
        while (reader.hasNextField()) {
            String field = reader.nextField();
            Token token = field.equals("size") ? Token.NUMBER : Token.STRING;
            parts.add(field + "=" + scalar(token, right, origin, key, reader));
        }
        reader.endObject();
        return String.join(",", parts);
    }

    private static UsageException wrong(Origin origin, String key, String right) {
        return new UsageException(origin.label(key, key) + " is written wrong: it is " + right);
    }

    private int line(JsonReader reader) {
        return lineOf(position(reader.location()));
    }

    private static int position(String location) {
        Matcher position = POSITION.matcher(location);
        return position.find() ? Integer.parseInt(position.group(1)) : 0;
    }

    private int lineOf(int position) {
        int line = 1;
        for (int i = 0; i < Math.min(position, json.length); i++) {
            line += json[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    /** What the reader says of its place is not always part of its complaint: it is behind the last key that it gave. */
    private int lastLine() {
        return lines.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    private void checkNothingBehind(int end) {
        String rest = new String(json, StandardCharsets.UTF_8).strip();
        if (!rest.endsWith("}") || !new String(json, end, json.length - end, StandardCharsets.UTF_8).isBlank()) {
            throw new UsageException(file + ":" + lineOf(end) + ": is not JSON: something stands behind the last '}'");
        }
    }
}
