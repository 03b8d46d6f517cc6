package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table in a text file, of which the first line is the header. */
final class CsvSections implements SectionReader {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private static final int LINES_LOOKED_AT = 10;

    private static final int LOOKED_AT = 1 << 16;

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        String text = TextEncoding.decode(content, "", watch);
        SectionBuilder sections = new SectionBuilder(OfficeSections.MAX_CHARACTERS);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        sections.table();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord row : parser) {
                watch.check(Math.min(row.getCharacterPosition(), text.length()), text.length());
                sections.row(row.stream().toList());
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableDocumentException(
                    Words.of("it is no CSV that can be read: its quotation marks do not fit", "不是能读的 CSV：引号不配对"), e);
        }
        sections.endTable();
        return sections.sections();
    }

    /** What stands as often in each of the first lines, the more often the better; else a comma. */
    private static char delimiter(String text) {
        // Within quotation marks stands what it likes, line ends too.
        String unquoted = text.substring(0, Math.min(text.length(), LOOKED_AT)).replaceAll("\"[^\"]*+(\"|\\z)", "");
        List<String> lines = unquoted.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_LOOKED_AT)
                .toList();
        char best = ',';
        long most = 0;
        for (char delimiter : DELIMITERS) {
            long least = lines.stream()
                    .mapToLong(line -> line.chars().filter(c -> c == delimiter).count())
                    .min()
                    .orElse(0);
            if (least > most) {
                most = least;
                best = delimiter;
            }
        }
        return best;
    }
}
