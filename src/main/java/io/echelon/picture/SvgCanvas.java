package io.echelon.picture;

import java.awt.Dimension;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DOMGroupManager;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Draws pictures as Scalable Vector Graphics. */
final class SvgCanvas extends SVGGraphics2D {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    /** Decimals of coordinates: a hundredth of a pixel is more than anybody sees. */
    private static final int PRECISION = 2;

    private SvgCanvas(SVGGeneratorContext context) {
        super(context, false);
    }

    /** A picture as a document; {@code ids} begins the ids inside it. */
    static String write(Picture picture, String ids) {
        Fonts.require();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment(null);
        context.setPrecision(PRECISION);
        AtomicInteger last = new AtomicInteger();
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return ids + "-" + prefix + last.incrementAndGet();
            }
        });
        SvgCanvas canvas = new SvgCanvas(context);
        Dimension size = picture.size();
        canvas.setSVGCanvasSize(size);
        // JFreeChart reads this hint before it changes it, and puts it back.
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        picture.draw(canvas, new Rectangle2D.Double(0, 0, size.width, size.height));
        Element root = canvas.getRoot();
        removeEmptyDefinitions(root);
        root.setAttributeNS(null, "viewBox", "0 0 " + size.width + " " + size.height);
        root.setAttributeNS(null, "role", "img");
        Element title = root.getOwnerDocument().createElementNS(NAMESPACE, "title");
        title.setTextContent(picture.title());
        root.insertBefore(title, root.getFirstChild());
        return text(root);
    }

    /** Batik begins with a place for definitions whose id would be the same in every picture of a page. */
    private static void removeEmptyDefinitions(Element root) {
        NodeList definitions = root.getElementsByTagName("defs");
        for (int k = definitions.getLength() - 1; k >= 0; k--) {
            Node place = definitions.item(k);
            if (!place.hasChildNodes()) {
                place.getParentNode().removeChild(place);
            }
        }
    }

    private static String text(Element root) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(root), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing is drawn outside of its place, so that clipping would only repeat itself on every line of the document. */
    @Override
    public void clip(Shape area) {
    }

    @Override
    public void setClip(Shape area) {
    }

    /**
     * Text with the length it was laid out with: the browser's font may be another, and the labels must not run into
     * each other.
     */
    @Override
    public void drawString(String s, float x, float y) {
        if (s.isEmpty()) {
            return;
        }
        Element text = getDOMFactory().createElementNS(NAMESPACE, "text");
        text.setAttributeNS(null, "x", generatorCtx.doubleString(x));
        text.setAttributeNS(null, "y", generatorCtx.doubleString(y));
        text.setAttributeNS(null, "textLength", generatorCtx.doubleString(getFontMetrics().getStringBounds(s, this).getWidth()));
        text.setAttributeNS(null, "lengthAdjust", "spacingAndGlyphs");
        text.setTextContent(s);
        domGroupManager.addElement(text, DOMGroupManager.FILL);
    }

    private static Document document() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().getDOMImplementation().createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
