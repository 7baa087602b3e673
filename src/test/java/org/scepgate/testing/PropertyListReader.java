package org.scepgate.testing;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads Apple's property lists in XML. */
public final class PropertyListReader {
    private PropertyListReader() {}

    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            Element plist = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
            return (Map<String, Object>) value(children(plist).get(0));
        } catch (Exception e) {
            throw new AssertionError("no property list", e);
        }
    }

    private static Object value(Element element) {
        return switch (element.getTagName()) {
            case "dict" -> dictionary(children(element));
            case "array" ->
                children(element).stream().map(PropertyListReader::value).toList();
            case "string" -> element.getTextContent();
            case "integer" -> Integer.valueOf(element.getTextContent());
            case "data" -> Base64.getMimeDecoder().decode(element.getTextContent());
            case "true", "false" -> Boolean.valueOf(element.getTagName());
            default -> throw new IllegalArgumentException(element.getTagName());
        };
    }

    private static Map<String, Object> dictionary(List<Element> children) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < children.size(); i += 2) {
            values.put(children.get(i).getTextContent(), value(children.get(i + 1)));
        }
        return values;
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
