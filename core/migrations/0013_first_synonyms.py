"""Words that care and schools use beside those of the law and of our texts; administrators add to them."""

from django.db import migrations

FIRST = {
    "leerling": ["student"],
    "leerlingen": ["student"],
    "deelnemer": ["student"],
    "deelnemers": ["student"],
    "stage": ["beroepspraktijkvorming"],
    "bpv": ["beroepspraktijkvorming"],
    "bbl": ["beroepsbegeleidende leerweg"],
    "bol": ["beroepsopleidende leerweg"],
    "leerwerkplek": ["leerplek", "leerwerkplaats"],
    "zijinstroom": ["zij instroom"],
    "vvt": ["verpleging verzorging"],
    "ggz": ["geestelijke gezondheidszorg"],
    "ghz": ["gehandicaptenzorg"],
    "ic": ["intensive care"],
    "roc": ["regionaal opleidingscentrum"],
    "vergadering": ["overleg"],
    "actiepunt": ["actie"],
    "mantelzorger": ["mantelzorg"],
    "praktijkleren": ["werkplekleren"],
    "technologie": ["zorgtechnologie"],
}


def fill(apps, _schema_editor):
    """Once: what an administrator takes away stays away."""
    synonym = apps.get_model("core", "Synonym")
    synonym.objects.bulk_create(
        [synonym(word=word, meaning=meaning) for word, meanings in FIRST.items() for meaning in meanings],
        ignore_conflicts=True,
    )


def empty(apps, _schema_editor):
    """All of them: the table goes next."""
    apps.get_model("core", "Synonym").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0012_synonyms")]
    operations = [migrations.RunPython(fill, empty)]
