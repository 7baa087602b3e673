package org.scepgate.payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes one atomic block of SyncML that adds a node, sets what is below it and runs {@code Install/Enroll} last: the
 * device must not begin before all is set.
 */
final class SyncMl {
    private static final String META = "syncml:metinf";

    private final XMLStreamWriter xml;
    private final String node;
    private int commands;

    private SyncMl(XMLStreamWriter xml, String node) {
        this.xml = xml;
        this.node = node;
    }

    /** @param install strings and whole numbers by name */
    static byte[] of(String node, Map<String, Object> install) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            new SyncMl(xml, node).document(install);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("an array takes all that is written", impossible);
        }
        return bytes.toByteArray();
    }

    private void document(Map<String, Object> install) throws XMLStreamException {
        xml.writeStartElement("SyncML");
        xml.writeDefaultNamespace("SYNCML:SYNCML1.2");
        xml.writeStartElement("SyncBody");
        xml.writeStartElement("Atomic");
        number();
        command("Add", node, "node", null);
        for (Map.Entry<String, Object> setting : install.entrySet()) {
            String format = setting.getValue() instanceof Integer ? "int" : "chr";
            command(
                    "Add",
                    node + "/Install/" + setting.getKey(),
                    format,
                    setting.getValue().toString());
        }
        command("Exec", node + "/Install/Enroll", null, null);
        xml.writeEndElement();
        xml.writeEmptyElement("Final");
        xml.writeEndElement();
        xml.writeEndElement();
        xml.flush();
    }

    private void command(String name, String target, String format, String data) throws XMLStreamException {
        xml.writeStartElement(name);
        number();
        xml.writeStartElement("Item");
        xml.writeStartElement("Target");
        element("LocURI", target);
        xml.writeEndElement();
        if (format != null) {
            xml.writeStartElement("Meta");
            xml.writeStartElement("Format");
            xml.writeDefaultNamespace(META);
            xml.writeCharacters(format);
            xml.writeEndElement();
            xml.writeEndElement();
        }
        if (data != null) {
            element("Data", data);
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void number() throws XMLStreamException {
        commands++;
        element("CmdID", Integer.toString(commands));
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
