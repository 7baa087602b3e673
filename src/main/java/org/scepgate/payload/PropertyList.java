package org.scepgate.payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes Apple's property lists in XML: maps, lists, strings, whole numbers, booleans and bytes. */
final class PropertyList {
    private static final String DOCTYPE = "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
            + " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">";

    private final XMLStreamWriter xml;

    private PropertyList(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static byte[] of(Map<String, ?> root) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            new PropertyList(xml).document(root);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("an array takes all that is written", impossible);
        }
        return bytes.toByteArray();
    }

    private void document(Map<String, ?> root) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeDTD(DOCTYPE);
        xml.writeStartElement("plist");
        xml.writeAttribute("version", "1.0");
        value(root);
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void value(Object value) throws XMLStreamException {
        if (value instanceof Map<?, ?> map) {
            dictionary(map);
        } else if (value instanceof List<?> list) {
            array(list);
        } else if (value instanceof byte[] bytes) {
            element("data", Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Integer number) {
            element("integer", number.toString());
        } else if (value instanceof Boolean flag) {
            xml.writeEmptyElement(flag.toString());
        } else {
            element("string", (String) value);
        }
    }

    private void dictionary(Map<?, ?> map) throws XMLStreamException {
        xml.writeStartElement("dict");
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            element("key", (String) entry.getKey());
            value(entry.getValue());
        }
        xml.writeEndElement();
    }

    private void array(List<?> list) throws XMLStreamException {
        xml.writeStartElement("array");
        for (Object entry : list) {
            value(entry);
        }
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
