from lxml import etree

from odoo import api, models

from ...tools import wording

BLOCKS = (
    's_ecrm_contact_form',
    's_ecrm_callback_form',
    's_ecrm_quote_form',
    's_ecrm_newsletter_form',
)


class IrUiView(models.Model):
    _inherit = 'ir.ui.view'

    def _ecrm_cut_out_block(self, block):
        """Return the arch of a block of the website editor: the form of this page, as it was delivered.

        What the page says of the company or of the request stays behind, since a placed block is plain
        HTML; a page has one main title, so the block's is one below; and a form that may stand twice on
        a page has no id of its own.

        :param str block: name of the block, as it stands in ``data-snippet`` of the page's section.
        :return: the arch, as a string.
        """
        self.ensure_one()
        page = etree.fromstring(self.with_context(lang=None).arch_db)
        [section] = page.xpath('//section[@data-snippet=$block]', block=block)
        for node in section.xpath('.//*[@*[starts-with(name(), "t-")]]'):
            node.getparent().remove(node)
        for title in section.iter('h1'):
            title.tag = 'h2'
        for form in section.iter('form'):
            del form.attrib['id']
        # The palette names it, in the language of who edits
        del section.attrib['data-name']
        section.tail = None
        root = etree.Element('t', {'t-name': f'ecrm.{block}'})
        root.append(section)
        return etree.tostring(root, encoding='unicode')

    @api.model
    def _copy_custom_snippet_translations(self, record, html_field):
        # EXTENDS html_editor: a form of ours speaks the website's languages once it is placed, as its page does
        super()._copy_custom_snippet_translations(record, html_field)
        website_id = self.env.context.get('website_id')
        if record._name == self._name and website_id and not record.website_id:
            # What was just saved is the website's own copy
            domain = [('key', '=', record.key), ('website_id', '=', website_id)]
            record = self.search(domain, limit=1) or record
        value = record[html_field] or ''
        marks = [f'data-snippet="{block}"' for block in BLOCKS]
        if any(mark in value for mark in marks):
            self._ecrm_translate_placed(record, html_field, marks)

    @api.model
    def _ecrm_translate_placed(self, record, html_field, marks):
        """Put a block that was just placed into the words of each language that does not show it yet.

        A language that does has been looked after: there, what is translated anew waits for a person.
        """
        field, lang = record._fields[html_field], self.env.lang or 'en_US'
        value, stored = record[html_field], field._get_stored_translations(record)
        translations = {}
        for other, _name in self.env['res.lang'].get_installed():
            # Without words of its own, a language shows those of another
            shown = stored.get(other) or ''
            if other == lang or all(shown.count(mark) >= value.count(mark) for mark in marks):
                continue
            words = self._ecrm_get_block_words(lang, other)
            pending = field.get_translation_dictionary(
                value, {other: stored.get(f'_{other}') or shown}
            )
            translations[other] = {
                term: wording.reword(term, words) or term
                for term, values in pending.items()
                if values[other] == term
            }
        if translations:
            record.update_field_translations(html_field, translations, source_lang=lang)

    @api.model
    def _ecrm_get_block_words(self, lang, other):
        """Return the texts of our blocks in one language, each with what it is in the ``other``."""
        words, field = {}, self._fields['arch_db']
        for block in BLOCKS:
            view_sudo = self.env.ref(f'ecrm.{block}').sudo()
            terms = field.get_translation_dictionary(
                view_sudo.with_context(lang=lang).arch_db,
                {other: view_sudo.with_context(lang=other).arch_db},
            )
            for term, values in terms.items():
                words.update(wording.pair(term, values[other]))
        return words
