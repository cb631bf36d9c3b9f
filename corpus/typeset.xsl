<?xml version="1.0" encoding="UTF-8"?>
<!-- JATS 1.3 article to the HTML that typeset.css lays out. Text comes from the article alone, labels from the table below. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xlink="http://www.w3.org/1999/xlink"
                xmlns:ali="http://www.niso.org/schemas/ali/1.0/" xmlns:svg="http://www.w3.org/2000/svg"
                xmlns:l="urn:colophon:labels" exclude-result-prefixes="xlink ali svg l">
<xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes" indent="no"/>
<xsl:strip-space elements="article front body back sec article-meta journal-meta contrib-group contrib name table-wrap table thead tbody tr fig
                           ref-list ref list list-item fn-group fn kwd-group aff abstract trans-abstract permissions funding-group award-group
                           statement disp-quote boxed-text def-list def-item author-notes ack notes app app-group"/>

<l:labels>
  <l:lang id="en" abstract="Abstract" summary="Summary" keywords="Keywords" references="References" funding="Funding" notes="Notes" ack="Acknowledgements"
          corresp="Correspondence" volume="vol." issue="no." project="Project" place="Place" published="Published" page="Page" and=" and "/>
  <l:lang id="de" abstract="Zusammenfassung" summary="Kurzfassung" keywords="Schlagwörter" references="Literatur" funding="Förderung" notes="Anmerkungen" ack="Danksagung"
          corresp="Korrespondenz" volume="Bd." issue="Nr." project="Projekt" place="Ort" published="Veröffentlicht" page="Seite" and=" und "/>
  <l:lang id="es" abstract="Resumen" summary="Resumen" keywords="Palabras clave" references="Referencias" funding="Financiación" notes="Notas" ack="Agradecimientos"
          corresp="Correspondencia" volume="vol." issue="núm." project="Proyecto" place="Lugar" published="Publicado" page="Página" and=" y "/>
  <l:lang id="pt" abstract="Resumo" summary="Resumo" keywords="Palavras-chave" references="Referências" funding="Financiamento" notes="Notas" ack="Agradecimentos"
          corresp="Correspondência" volume="v." issue="n." project="Projeto" place="Local" published="Publicado" page="Página" and=" e "/>
  <l:lang id="fr" abstract="Résumé" summary="Résumé" keywords="Mots-clés" references="Références" funding="Financement" notes="Notes" ack="Remerciements"
          corresp="Correspondance" volume="vol." issue="nº" project="Projet" place="Lieu" published="Publié" page="Page" and=" et "/>
</l:labels>
<xsl:variable name="lang" select="substring(concat(/article/@xml:lang, 'en'), 1, 2)"/>
<xsl:variable name="known" select="document('')/*/l:labels/l:lang[@id = $lang or @id = 'en']"/>
<xsl:variable name="label" select="($known[@id = $lang] | $known[not($known[@id = $lang])])[1]"/>

<xsl:variable name="meta" select="/article/front/article-meta"/>
<xsl:variable name="doi" select="$meta/article-id[@pub-id-type = 'doi']"/>
<xsl:variable name="date" select="$meta/pub-date[1]"/>
<xsl:variable name="authors" select="$meta/contrib-group/contrib[not(@contrib-type) or @contrib-type = 'author']"/>

<xsl:template name="iso-date">
  <xsl:value-of select="$date/year"/>
  <xsl:text>-</xsl:text>
  <xsl:choose><xsl:when test="$date/month"><xsl:value-of select="format-number($date/month, '00')"/></xsl:when><xsl:otherwise>01</xsl:otherwise></xsl:choose>
  <xsl:text>-</xsl:text>
  <xsl:choose><xsl:when test="$date/day"><xsl:value-of select="format-number($date/day, '00')"/></xsl:when><xsl:otherwise>01</xsl:otherwise></xsl:choose>
</xsl:template>

<xsl:template name="date-shown">
  <xsl:value-of select="$date/year"/>
  <xsl:if test="$date/month"><xsl:text>-</xsl:text><xsl:value-of select="format-number($date/month, '00')"/></xsl:if>
  <xsl:if test="$date/month and $date/day"><xsl:text>-</xsl:text><xsl:value-of select="format-number($date/day, '00')"/></xsl:if>
</xsl:template>

<xsl:template name="issue-line">
  <xsl:value-of select="/article/front/journal-meta//journal-title[1]"/>
  <xsl:if test="$meta/volume"><xsl:text>, </xsl:text><xsl:value-of select="$label/@volume"/><xsl:text>&#160;</xsl:text><xsl:value-of select="$meta/volume"/></xsl:if>
  <xsl:if test="$meta/issue"><xsl:text>, </xsl:text><xsl:value-of select="$label/@issue"/><xsl:text>&#160;</xsl:text><xsl:value-of select="$meta/issue"/></xsl:if>
  <xsl:if test="$date/year"><xsl:text> (</xsl:text><xsl:value-of select="$date/year"/><xsl:text>)</xsl:text></xsl:if>
  <xsl:choose>
    <xsl:when test="$meta/fpage"><xsl:text>, </xsl:text><xsl:value-of select="$meta/fpage"/><xsl:if test="$meta/lpage">–<xsl:value-of select="$meta/lpage"/></xsl:if></xsl:when>
    <xsl:when test="$meta/elocation-id"><xsl:text>, </xsl:text><xsl:value-of select="$meta/elocation-id"/></xsl:when>
  </xsl:choose>
</xsl:template>

<!-- Names: given, family, suffix in the order people write them; one name alone; organisations as they are. -->
<xsl:template match="contrib" mode="plain"><xsl:apply-templates select="(name | name-alternatives/name | string-name | collab | anonymous)[1]" mode="plain"/></xsl:template>
<xsl:template match="name" mode="plain">
  <xsl:choose>
    <xsl:when test="@name-style = 'eastern'"><xsl:value-of select="surname"/><xsl:if test="given-names"><xsl:text> </xsl:text><xsl:value-of select="given-names"/></xsl:if></xsl:when>
    <xsl:otherwise><xsl:if test="given-names"><xsl:value-of select="given-names"/><xsl:if test="surname"><xsl:text> </xsl:text></xsl:if></xsl:if><xsl:value-of select="surname"/></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="suffix"><xsl:text> </xsl:text><xsl:value-of select="suffix"/></xsl:if>
</xsl:template>
<xsl:template match="string-name | anonymous" mode="plain"><xsl:value-of select="normalize-space(.)"/></xsl:template>
<xsl:template match="collab" mode="plain"><xsl:choose><xsl:when test="institution"><xsl:value-of select="institution"/></xsl:when><xsl:otherwise><xsl:value-of select="normalize-space(text())"/></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="/article">
  <html lang="{$lang}">
    <head>
      <meta charset="utf-8"/>
      <title><xsl:value-of select="normalize-space($meta/title-group/article-title)"/><xsl:if test="$meta/title-group/subtitle">: <xsl:value-of select="normalize-space($meta/title-group/subtitle)"/></xsl:if></title>
      <xsl:for-each select="$authors"><meta name="author"><xsl:attribute name="content"><xsl:apply-templates select="." mode="plain"/></xsl:attribute></meta></xsl:for-each>
      <meta name="description" content="{normalize-space($meta/abstract[1]//p[1])}"/>
      <xsl:if test="$meta/kwd-group">
        <meta name="keywords"><xsl:attribute name="content"><xsl:for-each select="$meta/kwd-group[1]/kwd"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="normalize-space(.)"/></xsl:for-each></xsl:attribute></meta>
      </xsl:if>
      <meta name="generator" content="corpus/typeset"/>
      <meta name="dcterms.created"><xsl:attribute name="content"><xsl:call-template name="iso-date"/></xsl:attribute></meta>
    </head>
    <body>
      <xsl:attribute name="class"><xsl:choose><xsl:when test="@article-type = 'research-article'">two</xsl:when><xsl:otherwise>one</xsl:otherwise></xsl:choose><xsl:text> </xsl:text><xsl:value-of select="@article-type"/></xsl:attribute>
      <xsl:choose>
        <xsl:when test="@article-type = 'report'">
          <div class="cover"><p class="cover-series"><xsl:call-template name="issue-line"/></p><xsl:call-template name="title-block"/><xsl:call-template name="imprint"/></div>
          <div class="runhead"><xsl:call-template name="issue-line"/></div>
        </xsl:when>
        <xsl:otherwise>
          <div class="runhead"><xsl:call-template name="issue-line"/></div>
          <div class="head"><xsl:call-template name="title-block"/></div>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="abstracts"/>
      <div class="text"><xsl:apply-templates select="body"/><xsl:apply-templates select="back"/></div>
      <xsl:if test="not(@article-type = 'report')"><xsl:call-template name="imprint"/></xsl:if>
    </body>
  </html>
</xsl:template>

<xsl:template name="title-block">
  <xsl:variable name="subject" select="$meta/article-categories//subject[1]"/>
  <xsl:if test="$subject"><p class="kind"><xsl:value-of select="$subject"/></p></xsl:if>
  <h1><xsl:apply-templates select="$meta/title-group/article-title/node()"/></h1>
  <xsl:if test="$meta/title-group/subtitle"><p class="subtitle"><xsl:apply-templates select="$meta/title-group/subtitle/node()"/></p></xsl:if>
  <xsl:for-each select="$meta/title-group/trans-title-group"><p class="trans-title"><xsl:apply-templates select="trans-title/node()"/></p></xsl:for-each>
  <p class="authors">
    <xsl:for-each select="$authors">
      <xsl:if test="position() &gt; 1"><xsl:choose><xsl:when test="position() = last()"><xsl:value-of select="$label/@and"/></xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose></xsl:if>
      <xsl:apply-templates select="." mode="plain"/>
      <xsl:variable name="marks"><xsl:for-each select="xref[@ref-type = 'aff']"><xsl:if test="position() &gt; 1">,</xsl:if><xsl:apply-templates select="key('aff', @rid)" mode="mark"/></xsl:for-each><xsl:if test="@corresp = 'yes' or xref[@ref-type = 'corresp']">*</xsl:if></xsl:variable>
      <xsl:if test="string($marks)"><sup><xsl:value-of select="$marks"/></sup></xsl:if>
    </xsl:for-each>
  </p>
  <div class="affs">
    <xsl:for-each select="$meta//aff"><p><sup><xsl:apply-templates select="." mode="mark"/></sup><xsl:text> </xsl:text><xsl:apply-templates select="." mode="line"/></p></xsl:for-each>
    <xsl:for-each select="$meta/author-notes/corresp"><p>* <xsl:value-of select="$label/@corresp"/>: <xsl:value-of select="normalize-space(.)"/></p></xsl:for-each>
    <xsl:for-each select="$authors[contrib-id[@contrib-id-type = 'orcid']]"><p>ORCID <xsl:apply-templates select="." mode="plain"/>: <xsl:value-of select="normalize-space(contrib-id)"/></p></xsl:for-each>
  </div>
  <p class="ids">
    <xsl:if test="$doi">https://doi.org/<xsl:value-of select="normalize-space($doi)"/></xsl:if>
    <xsl:if test="$doi and $date"> · </xsl:if>
    <xsl:if test="$date"><xsl:value-of select="$label/@published"/><xsl:text> </xsl:text><xsl:call-template name="date-shown"/></xsl:if>
  </p>
  <xsl:for-each select="$meta/author-notes/fn"><p class="first-note"><xsl:apply-templates select="p/node()"/></p></xsl:for-each>
</xsl:template>

<xsl:key name="aff" match="aff" use="@id"/>
<xsl:template match="aff" mode="mark"><xsl:choose><xsl:when test="label"><xsl:value-of select="normalize-space(label)"/></xsl:when><xsl:otherwise><xsl:number level="any" from="front"/></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="aff" mode="line">
  <xsl:choose>
    <xsl:when test=".//institution">
      <xsl:for-each select=".//institution | .//addr-line | .//city | .//state | .//postal-code | .//country">
        <xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="normalize-space(.)"/>
      </xsl:for-each>
    </xsl:when>
    <xsl:otherwise><xsl:for-each select="text() | *[not(self::label)]"><xsl:value-of select="."/></xsl:for-each></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="abstracts">
  <div class="abstracts">
    <xsl:for-each select="$meta/abstract[not(@abstract-type = 'graphical')] | $meta/trans-abstract">
      <xsl:variable name="own" select="($known[@id = substring(current()/@xml:lang, 1, 2)] | document('')/*/l:labels/l:lang[@id = substring(current()/@xml:lang, 1, 2)])[1]"/>
      <div class="abstract">
        <h2><xsl:choose>
          <xsl:when test="title"><xsl:value-of select="title"/></xsl:when>
          <xsl:when test="$own"><xsl:value-of select="$own/@abstract"/></xsl:when>
          <xsl:when test="/article/@article-type = 'report'"><xsl:value-of select="$label/@summary"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$label/@abstract"/></xsl:otherwise>
        </xsl:choose></h2>
        <xsl:apply-templates select="*[not(self::title)]"/>
      </div>
    </xsl:for-each>
    <xsl:for-each select="$meta/kwd-group[not(@kwd-group-type) or @kwd-group-type = 'author']">
      <xsl:variable name="own" select="document('')/*/l:labels/l:lang[@id = substring(current()/@xml:lang, 1, 2)]"/>
      <p class="keywords"><b><xsl:choose><xsl:when test="title"><xsl:value-of select="title"/></xsl:when><xsl:when test="$own"><xsl:value-of select="$own/@keywords"/></xsl:when><xsl:otherwise><xsl:value-of select="$label/@keywords"/></xsl:otherwise></xsl:choose>:</b><xsl:text> </xsl:text>
        <xsl:for-each select="kwd"><xsl:if test="position() &gt; 1">; </xsl:if><xsl:apply-templates/></xsl:for-each></p>
    </xsl:for-each>
  </div>
</xsl:template>
<xsl:template match="abstract/sec | trans-abstract/sec"><p><b><xsl:value-of select="title"/>.</b><xsl:text> </xsl:text><xsl:apply-templates select="p[1]/node()"/></p><xsl:apply-templates select="p[position() &gt; 1]"/></xsl:template>

<xsl:template name="imprint">
  <div class="imprint">
    <xsl:for-each select="$meta/permissions"><p><xsl:if test="copyright-statement"><xsl:value-of select="normalize-space(copyright-statement)"/><xsl:if test="not(substring(normalize-space(copyright-statement), string-length(normalize-space(copyright-statement))) = '.')">.</xsl:if><xsl:text> </xsl:text></xsl:if><xsl:value-of select="normalize-space(license/license-p)"/></p></xsl:for-each>
    <xsl:if test="$meta/custom-meta-group/custom-meta">
      <p><xsl:for-each select="$meta/custom-meta-group/custom-meta[meta-name = 'project' or meta-name = 'place']">
        <xsl:if test="position() &gt; 1"> · </xsl:if>
        <xsl:choose><xsl:when test="meta-name = 'project'"><xsl:value-of select="$label/@project"/></xsl:when><xsl:otherwise><xsl:value-of select="$label/@place"/></xsl:otherwise></xsl:choose>: <xsl:value-of select="normalize-space(meta-value)"/>
      </xsl:for-each></p>
    </xsl:if>
  </div>
</xsl:template>

<!-- Sections: their own label, else counted. -->
<xsl:template match="body | back | app-group | alternatives | boxed-text/sec"><xsl:apply-templates/></xsl:template>
<xsl:template match="sec | app"><div class="sec"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="sec/label | app/label | fig/label | table-wrap/label | fn/label | ref/label | aff/label"/>
<xsl:template match="sec/title | app/title">
  <xsl:variable name="depth" select="count(ancestor::sec)"/>
  <xsl:variable name="number"><xsl:choose>
    <xsl:when test="../label"><xsl:value-of select="normalize-space(../label)"/></xsl:when>
    <xsl:when test="ancestor::body"><xsl:number level="multiple" count="sec" from="body" format="1.1"/></xsl:when>
  </xsl:choose></xsl:variable>
  <xsl:element name="h{2 + ($depth &gt; 1) + ($depth &gt; 2)}"><xsl:if test="string($number)"><xsl:value-of select="$number"/><xsl:text>&#160;&#160;</xsl:text></xsl:if><xsl:apply-templates/></xsl:element>
</xsl:template>
<xsl:template match="ack/title | fn-group/title | notes/title | ref-list/title | boxed-text//title | list/title"/>

<!-- Paragraphs hold blocks in JATS, not in HTML. -->
<xsl:template match="p[list | disp-quote | disp-formula | table-wrap | fig | boxed-text | def-list]"><div class="p"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="p"><p><xsl:apply-templates/></p></xsl:template>
<xsl:template match="italic"><i><xsl:apply-templates/></i></xsl:template>
<xsl:template match="bold"><b><xsl:apply-templates/></b></xsl:template>
<xsl:template match="sub | sup"><xsl:element name="{local-name()}"><xsl:apply-templates/></xsl:element></xsl:template>
<xsl:template match="sc"><span class="sc"><xsl:apply-templates/></span></xsl:template>
<xsl:template match="monospace"><code><xsl:apply-templates/></code></xsl:template>
<xsl:template match="break"><br/></xsl:template>
<xsl:template match="ext-link | uri | email"><span class="link"><xsl:apply-templates/></span></xsl:template>
<xsl:template match="xref"><xsl:choose><xsl:when test="@rid"><a href="#{@rid}"><xsl:apply-templates/></a></xsl:when><xsl:otherwise><xsl:apply-templates/></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="disp-quote"><blockquote><xsl:apply-templates/></blockquote></xsl:template>
<xsl:template match="disp-quote/attrib"><p class="attrib">— <xsl:apply-templates/></p></xsl:template>
<xsl:template match="disp-formula"><div class="formula"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="list[@list-type = 'order']"><ol><xsl:apply-templates select="list-item"/></ol></xsl:template>
<xsl:template match="list"><ul><xsl:apply-templates select="list-item"/></ul></xsl:template>
<xsl:template match="list-item"><li><xsl:apply-templates/></li></xsl:template>
<xsl:template match="def-list"><dl><xsl:for-each select="def-item"><dt><xsl:apply-templates select="term/node()"/></dt><dd><xsl:apply-templates select="def/p/node()"/></dd></xsl:for-each></dl></xsl:template>
<xsl:template match="boxed-text | statement"><div class="box"><xsl:if test=".//title"><p class="box-title"><xsl:value-of select=".//title[1]"/></p></xsl:if><xsl:apply-templates/></div></xsl:template>

<xsl:template name="caption">
  <p class="caption"><b><xsl:value-of select="normalize-space(label)"/><xsl:if test="not(substring(normalize-space(label), string-length(normalize-space(label))) = '.')">.</xsl:if></b><xsl:text> </xsl:text>
    <xsl:apply-templates select="caption/title/node()"/><xsl:if test="caption/title and caption/p"><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="caption/p/node()"/></p>
</xsl:template>
<xsl:template match="table-wrap">
  <div class="table" id="{@id}"><xsl:call-template name="caption"/><xsl:apply-templates select="*[not(self::label or self::caption)]"/></div>
</xsl:template>
<xsl:template match="table-wrap-foot"><div class="table-foot"><xsl:apply-templates select=".//p"/></div></xsl:template>
<xsl:template match="table | thead | tbody | tfoot | tr"><xsl:element name="{local-name()}"><xsl:apply-templates/></xsl:element></xsl:template>
<xsl:template match="td | th">
  <xsl:element name="{local-name()}">
    <xsl:copy-of select="@colspan | @rowspan"/>
    <xsl:if test="@align"><xsl:attribute name="class"><xsl:value-of select="@align"/></xsl:attribute></xsl:if>
    <xsl:apply-templates/>
  </xsl:element>
</xsl:template>
<xsl:template match="fig">
  <div class="fig" id="{@id}"><div class="art"><xsl:apply-templates select="*[not(self::label or self::caption or self::alt-text or self::long-desc)]"/><xsl:if test="not(.//graphic or .//svg:svg)"><p class="alt"><xsl:value-of select="normalize-space((.//alt-text | .//long-desc)[1])"/></p></xsl:if></div><xsl:call-template name="caption"/></div>
</xsl:template>
<xsl:template match="graphic | inline-graphic"><img src="{@xlink:href}" alt="{normalize-space((alt-text | ../alt-text | ../long-desc)[1])}"/></xsl:template>
<xsl:template match="svg:svg"><xsl:copy-of select="."/></xsl:template>
<xsl:template match="alt-text | long-desc"/>

<!-- Back matter -->
<xsl:template match="ack"><div class="sec"><h2><xsl:choose><xsl:when test="title"><xsl:value-of select="title"/></xsl:when><xsl:otherwise><xsl:value-of select="$label/@ack"/></xsl:otherwise></xsl:choose></h2><xsl:apply-templates/><xsl:call-template name="funding"/></div></xsl:template>
<xsl:template match="back"><xsl:apply-templates select="ack"/><xsl:if test="not(ack) and $meta/funding-group/funding-statement"><div class="sec"><h2><xsl:value-of select="$label/@funding"/></h2><xsl:call-template name="funding"/></div></xsl:if><xsl:apply-templates select="*[not(self::ack)]"/></xsl:template>
<xsl:template name="funding"><xsl:for-each select="$meta/funding-group/funding-statement"><p><xsl:apply-templates/></p></xsl:for-each></xsl:template>
<xsl:template match="back/fn-group | back/notes"><div class="sec notes"><h2><xsl:choose><xsl:when test="title"><xsl:value-of select="title"/></xsl:when><xsl:otherwise><xsl:value-of select="$label/@notes"/></xsl:otherwise></xsl:choose></h2><xsl:apply-templates select="fn | p | sec"/></div></xsl:template>
<xsl:template match="fn-group/fn"><p id="{@id}"><xsl:if test="label"><sup><xsl:value-of select="label"/></sup><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="p/node()"/></p></xsl:template>
<xsl:template match="body//fn"><span class="footnote"><xsl:apply-templates select="p/node()"/></span></xsl:template>
<xsl:template match="ref-list">
  <div class="sec refs"><h2><xsl:choose><xsl:when test="title"><xsl:value-of select="title"/></xsl:when><xsl:otherwise><xsl:value-of select="$label/@references"/></xsl:otherwise></xsl:choose></h2>
    <xsl:for-each select="ref"><p id="{@id}" class="ref"><xsl:if test="label"><span class="ref-label"><xsl:value-of select="normalize-space(label)"/></span><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="(mixed-citation | element-citation | citation-alternatives/*)[1]"/></p></xsl:for-each>
  </div>
</xsl:template>
<xsl:template match="mixed-citation"><xsl:apply-templates/></xsl:template>
<xsl:template match="mixed-citation//source"><i><xsl:apply-templates/></i></xsl:template>
<xsl:template match="mixed-citation//person-group | mixed-citation//string-name | mixed-citation//name"><xsl:apply-templates/></xsl:template>

<xsl:template match="element-citation">
  <xsl:for-each select="(person-group[@person-group-type = 'author'] | person-group | self::*[not(person-group)])[1]/*[self::name or self::collab or self::string-name or self::etal]">
    <xsl:if test="position() &gt; 1">, </xsl:if>
    <xsl:choose>
      <xsl:when test="self::name"><xsl:value-of select="surname"/><xsl:if test="given-names">, <xsl:value-of select="given-names"/></xsl:if></xsl:when>
      <xsl:when test="self::etal">et al.</xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space(.)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:for-each>
  <xsl:if test="year"> (<xsl:value-of select="year"/>). </xsl:if>
  <xsl:variable name="part" select="(article-title | chapter-title | part-title)[1]"/>
  <xsl:if test="$part"><xsl:apply-templates select="$part/node()"/>. </xsl:if>
  <xsl:if test="source"><i><xsl:apply-templates select="source/node()"/></i></xsl:if>
  <xsl:if test="volume">, <xsl:value-of select="volume"/></xsl:if><xsl:if test="issue">(<xsl:value-of select="issue"/>)</xsl:if>
  <xsl:if test="fpage">, <xsl:value-of select="fpage"/><xsl:if test="lpage">–<xsl:value-of select="lpage"/></xsl:if></xsl:if>
  <xsl:if test="elocation-id">, <xsl:value-of select="elocation-id"/></xsl:if>
  <xsl:text>.</xsl:text>
  <xsl:if test="publisher-name"><xsl:text> </xsl:text><xsl:if test="publisher-loc"><xsl:value-of select="publisher-loc"/>: </xsl:if><xsl:value-of select="publisher-name"/>.</xsl:if>
  <xsl:if test="pub-id[@pub-id-type = 'doi']"> https://doi.org/<xsl:value-of select="pub-id[@pub-id-type = 'doi']"/></xsl:if>
</xsl:template>
</xsl:stylesheet>
