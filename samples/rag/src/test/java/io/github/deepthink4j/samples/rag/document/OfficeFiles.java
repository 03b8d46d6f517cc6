package io.github.deepthink4j.samples.rag.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Makes files of other programs' formats for tests. */
public final class OfficeFiles {

    private static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private OfficeFiles() {}

    public static byte[] zip(Map<String, byte[]> entries) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of Word, with paragraphs and tables as {@link #paragraph} and {@link #table} make them. */
    public static byte[] docx(String... body) {
        return zip(docxParts("<?xml version=\"1.0\"?><w:document " + W + "><w:body>" + String.join("", body)
                + "</w:body></w:document>"));
    }

    static Map<String, byte[]> docxParts(String document) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        String type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
        String relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        put(parts, "[Content_Types].xml", """
                <?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Default Extension="xml" ContentType="application/xml"/>
                <Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>
                <Override PartName="/word/document.xml" ContentType="%1$sdocument.main+xml"/>
                <Override PartName="/word/styles.xml" ContentType="%1$sstyles+xml"/></Types>""".formatted(type));
        put(parts, "_rels/.rels", """
                <?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="r1" Type="%s/officeDocument" Target="word/document.xml"/></Relationships>""".formatted(relation));
        put(parts, "word/_rels/document.xml.rels", """
                <?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="r1" Type="%s/styles" Target="styles.xml"/></Relationships>""".formatted(relation));
        put(parts, "word/styles.xml", """
                <?xml version="1.0"?><w:styles %s>
                <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
                <w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>""".formatted(W));
        put(parts, "word/document.xml", document);
        return parts;
    }

    private static void put(Map<String, byte[]> parts, String name, String text) {
        parts.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String heading(int level, String text) {
        return "<w:p><w:pPr><w:pStyle w:val=\"" + level + "\"/></w:pPr><w:r><w:t>" + escaped(text)
                + "</w:t></w:r></w:p>";
    }

    public static String paragraph(String text) {
        return "<w:p><w:r><w:t>" + escaped(text) + "</w:t></w:r></w:p>";
    }

    public static String table(List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<w:tbl>");
        for (List<String> row : rows) {
            table.append("<w:tr>");
            row.forEach(cell -> table.append("<w:tc>").append(paragraph(cell)).append("</w:tc>"));
            table.append("</w:tr>");
        }
        return table.append("</w:tbl>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** Of Excel, a sheet of this name with these rows. */
    public static byte[] xlsx(String name, List<List<String>> rows) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            XSSFSheet sheet = book.createSheet(name);
            for (List<String> cells : rows) {
                XSSFRow row = sheet.createRow(sheet.getPhysicalNumberOfRows());
                cells.forEach(cell ->
                        row.createCell(Math.max(0, row.getLastCellNum())).setCellValue(cell));
            }
            book.write(out);
            return out.toByteArray();
        }
    }

    /** Of PowerPoint: for each pair a slide with a title and a text; a table on the first one. */
    public static byte[] pptx(List<List<String>> slides, String tableCell) throws IOException {
        try (XMLSlideShow show = new XMLSlideShow();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            for (List<String> texts : slides) {
                XSLFSlide slide =
                        show.createSlide(show.getSlideMasters().get(0).getLayout(SlideLayout.TITLE_AND_CONTENT));
                slide.getPlaceholder(0).setText(texts.get(0));
                slide.getPlaceholder(1).setText(texts.get(1));
                if (show.getSlides().size() == 1) {
                    XSLFTable table = slide.createTable(2, 2);
                    table.getCell(0, 0).setText("Part");
                    table.getCell(0, 1).setText("Weight");
                    table.getCell(1, 0).setText("Lid");
                    table.getCell(1, 1).setText(tableCell);
                }
            }
            show.write(out);
            return out.toByteArray();
        }
    }

    /** A book of chapters, each a body of XHTML. */
    public static byte[] epub(String... chapters) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        put(parts, "mimetype", "application/epub+zip");
        put(
                parts,
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>");
        StringBuilder items = new StringBuilder();
        StringBuilder spine = new StringBuilder();
        // Written from the last to the first: it is the spine that says the order.
        for (int i = chapters.length; i > 0; i--) {
            put(
                    parts,
                    "OEBPS/text/c " + i + ".xhtml",
                    "<?xml version=\"1.0\" encoding=\"utf-8\"?><html><body>" + chapters[i - 1] + "</body></html>");
            items.append("<item id=\"c")
                    .append(i)
                    .append("\" href=\"text/c%20")
                    .append(i)
                    .append(".xhtml\"/>");
            spine.insert(0, "<itemref idref=\"c" + i + "\"/>");
        }
        put(
                parts,
                "OEBPS/book.opf",
                "<package><manifest>" + items + "</manifest><spine>" + spine + "</spine></package>");
        return zip(parts);
    }
}
