"""Every place answers to the names that people type, and never for another.

The tables are made by hand from the Census Bureau's tables and from how people write; the GEOID
says which place is meant. A town or township has none: it is named, with what it is and its state.
"""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from ice_facts.ask import Session
from ice_facts.errors import AmbiguousNameError, NotFoundError
from ice_facts.model import THINGS, Jurisdiction, Level
from ice_facts.resolve import joined, resolve
from ice_facts.resolve.near import suggest
from ice_facts.store import Store
from ice_facts.subjects.cards import ask_city
from ice_facts.subjects.place.card import jurisdiction_card

STORE = Store()
PLACES = (Jurisdiction,)

TYPED = """
El Paso | 4824000
el paso tx | 4824000
Detroit | 2622000
detroit, michigan | 2622000
Memphis TN | 4748000
memphis | 4748000
Raleigh | 3755000
raleigh nc | 3755000
Buffalo NY | 3611000
Buffalo, New York | 3611000
Oklahoma City | 4055000
okc | 4055000
Indianapolis | 1836003
indy | 1836003
Indianapolis city (balance) | 1836003
Tucson | 0477000
kansas city mo | 2938000
Kansas City, Missouri | 2938000
Kansas City, KS | 2036000
kansas city kansas | 2036000
colorado springs | 0816000
Omaha | 3137000
Bakersfield | 0603526
tulsa | 4075000
Aurora, CO | 0804000
aurora il | 1703012
Wichita | 2079000
Arlington TX | 4804000
Arlington, Tex. | 4804000
Cleveland, Ohio | 3916000
Anaheim | 0602000
Lexington KY | 2146027
Lexington-Fayette | 2146027
corpus christi | 4817000
Henderson, NV | 3231900
Riverside, Calif. | 0662000
Irvine | 0636770
St. Louis | 2965000
Saint Louis | 2965000
st louis mo | 2965000
Greensboro | 3728000
Greensboro, N.C. | 3728000
Lincoln, Nebraska | 3128000
lincoln neb. | 3128000
Plano TX | 4858016
durham nc | 3719000
Chandler AZ | 0412000
Toledo | 3977000
Gilbert, Arizona | 0427400
Reno | 3260600
Fort Wayne | 1825000
Ft. Wayne | 1825000
ft wayne, in | 1825000
North Las Vegas | 3251800
N. Las Vegas | 3251800
n las vegas nv | 3251800
Lubbock | 4845000
irving tx | 4837000
Laredo | 4841464
Winston-Salem | 3775000
winston salem | 3775000
WINSTON SALEM, NC | 3775000
Chesapeake VA | 5116000
Glendale, AZ | 0427820
garland texas | 4829000
scottsdale | 0465000
Norfolk, Va | 5157000
spokane | 5367000
Santa Clarita | 0669088
Baton Rouge | 2205000
Boise | 1608830
Boise City | 1608830
boise, idaho | 1608830
Boise City, OK | 4007300
Nashville | 4752006
Nashville-Davidson metropolitan government | 4752006
Louisville | 2148006
Louisville/Jefferson County | 2148006
louisville ky | 2148006
Athens, GA | 1303440
Athens-Clarke County | 1303440
Augusta-Richmond County | 1304204
augusta ga | 1304204
Macon-Bibb | 1349008
macon, georgia | 1349008
Honolulu | 1571550
Urban Honolulu | 1571550
Anchorage | 0203000
Juneau | 0236400
Carson City | 3209700
carson city nv | 3209700
Ventura | 0665042
San Buenaventura | 0665042
San Buenaventura (Ventura) | 0665042
Paso Robles | 0622300
Cañon City | 0811810
Canon City | 0811810
canon city co | 0811810
La Cañada Flintridge | 0639003
la canada flintridge | 0639003
Española, NM | 3525170
espanola | 3525170
New York | 3651000
new york, ny | 3651000
New York City | 3651000
nyc | 3651000
LA | 0644000
L.A. | 0644000
los angeles calif | 0644000
Chicago IL | 1714000
Houston | 4835000
houston tx | 4835000
philly | 4260000
Philadelphia, Pennsylvania | 4260000
sf | 0667000
San José | 0668000
san jose ca | 0668000
slc | 4967000
Salt Lake City | 4967000
salt lake | 4967000
nola | 2255000
vegas | 3240000
Las Vegas, NM | 3539940
Ft. Worth | 4827000
Fort Worth TX | 4827000
ft worth | 4827000
Ft. Lauderdale | 1224000
fort lauderdale | 1224000
St. Paul | 2758000
Saint Paul, MN | 2758000
St. Petersburg, Florida | 1263000
saint petersburg fl | 1263000
Mt. Vernon, NY | 3649121
Mount Vernon, New York | 3649121
mt pleasant sc | 4548535
Port Saint Lucie | 1258715
O'Fallon, MO | 2954074
ofallon mo | 2954074
OʻFallon, IL | 1755249
Coeur d'Alene | 1616750
coeur dalene | 1616750
Washington, DC | 1150000
washington d.c. | 1150000
City of Detroit | 2622000
the city of chicago | 1714000
Springfield, IL | 1772000
springfield missouri | 2970000
Springfield, Mass. | 2567000
Columbia SC | 4516000
columbia mo | 2915670
portland or | 4159000
Portland, Maine | 2360545
Charleston SC | 4513330
charleston, wv | 5414600
Cheyenne | 5613900
sioux falls | 4659020
Las Cruces, NM | 3539380
bangor me | 2302795
Birmingham, AL | 0107000
Dover, Delaware | 1021200
Vancouver, WA | 5374060
4865000 | 4865000
Hempstead village, NY | 3633139
Point Hope AK | 0261630
Nenana | 0253050
Fyffe, Ala. | 0128672
n courtland al | 0155044
Osceola, AR | 0552580
Sahuarita | 0462140
springerville az | 0468990
Martinez, CA | 0646114
escalon ca | 0622790
Red Cliff, Colorado | 0863265
bridgeport ct | 0908000
Wallingford, CT | Wallingford, town, CT
seaford de | 1064320
Townsend, Delaware | 1072510
Grant-Valkaria | 1227256
grant valkaria fl | 1227256
Hialeah | 1230000
Reidsville, GA | 1364512
McGregor, Iowa | 1948000
mcgregor ia | 1948000
White Bird, ID | 1687310
Hazel Crest | 1733695
Hanover, IL | 1732707
N Webster, Indiana | 1855134
stockton kansas | 2068350
Frankfort, Ky. | 2128900
frankfort kentucky | 2128900
Estherwood | 2224460
Great Barrington | Great Barrington, town, MA
chelmsford ma | Chelmsford, town, MA
Barclay, Md. | 2404250
Vanceboro, Maine | Vanceboro, town, ME
camden me | Camden, town, ME
Farwell, MI | 2627500
Remer, Minnesota | 2753782
Truxton MO | 2974014
Woodland, Miss. | 2881000
kalispell | 3040075
three forks mt | 3073975
Boone, NC | 3707080
White Earth ND | 3885540
rising city nebraska | 3141480
Barrington, N.H. | Barrington, town, NH
Avon-by-the-Sea | 3402440
avon by the sea nj | 3402440
Englishtown | 3421570
Cimarron, New Mexico | 3515440
Boulder City | 3206500
lovelock nv | 3243000
Youngstown, NY | 3684143
Logan, Ohio | 3944632
wright city ok | 4082200
Stillwater, Okla. | 4070300
Coos Bay | 4115250
oakland, oregon | 4154000
S.N.P.J. | 4271620
snpj pa | 4271620
Burrillville | Burrillville, town, RI
north kingstown ri | North Kingstown, town, RI
N. Kingstown | North Kingstown, town, RI
Pawleys Island | 4555015
Pawley's Island, SC | 4555015
Interior, S.D. | 4631620
Gallatin, Tenn. | 4728540
Ralls, TX | 4860356
castle valley ut | 4911000
Mount Crawford, VA | 5153864
mt crawford va | 5153864
Tunbridge | Tunbridge, town, VT
Mt. Tabor, Vermont | Mount Tabor, town, VT
Orting, WA | 5352005
Balsam Lake village, Wis. | 5504475
Sophia, West Virginia | 5475172
piedmont w.va. | 5463604
Lander, WY | 5644760
lander wyoming | 5644760
"""

LARGEST = """
New York, NY | 3651000
Los Angeles, CA | 0644000
Chicago, IL | 1714000
Houston, TX | 4835000
Phoenix, AZ | 0455000
Philadelphia, PA | 4260000
San Antonio, TX | 4865000
San Diego, CA | 0666000
Dallas, TX | 4819000
San Jose, CA | 0668000
Austin, TX | 4805000
Jacksonville, FL | 1235000
Fort Worth, TX | 4827000
Columbus, OH | 3918000
Indianapolis, IN | 1836003
Charlotte, NC | 3712000
San Francisco, CA | 0667000
Seattle, WA | 5363000
Denver, CO | 0820000
Washington, DC | 1150000
Nashville, TN | 4752006
Oklahoma City, OK | 4055000
El Paso, TX | 4824000
Boston, MA | 2507000
Portland, OR | 4159000
Las Vegas, NV | 3240000
Detroit, MI | 2622000
Memphis, TN | 4748000
Louisville, KY | 2148006
Baltimore, MD | 2404000
Milwaukee, WI | 5553000
Albuquerque, NM | 3502000
Tucson, AZ | 0477000
Fresno, CA | 0627000
Sacramento, CA | 0664000
Kansas City, MO | 2938000
Mesa, AZ | 0446000
Atlanta, GA | 1304000
Omaha, NE | 3137000
Colorado Springs, CO | 0816000
Raleigh, NC | 3755000
Long Beach, CA | 0643000
Virginia Beach, VA | 5182000
Miami, FL | 1245000
Oakland, CA | 0653000
Minneapolis, MN | 2743000
Tulsa, OK | 4075000
Bakersfield, CA | 0603526
Wichita, KS | 2079000
Arlington, TX | 4804000
Aurora, CO | 0804000
Tampa, FL | 1271000
New Orleans, LA | 2255000
Cleveland, OH | 3916000
Honolulu, HI | 1571550
Anaheim, CA | 0602000
Lexington, KY | 2146027
Stockton, CA | 0675000
Corpus Christi, TX | 4817000
Henderson, NV | 3231900
Riverside, CA | 0662000
Newark, NJ | 3451000
St. Paul, MN | 2758000
Santa Ana, CA | 0669000
Cincinnati, OH | 3915000
Irvine, CA | 0636770
Orlando, FL | 1253000
Pittsburgh, PA | 4261000
St. Louis, MO | 2965000
Greensboro, NC | 3728000
Jersey City, NJ | 3436000
Anchorage, AK | 0203000
Lincoln, NE | 3128000
Plano, TX | 4858016
Durham, NC | 3719000
Buffalo, NY | 3611000
Chandler, AZ | 0412000
Chula Vista, CA | 0613392
Toledo, OH | 3977000
Madison, WI | 5548000
Gilbert, AZ | 0427400
Reno, NV | 3260600
Fort Wayne, IN | 1825000
North Las Vegas, NV | 3251800
St. Petersburg, FL | 1263000
Lubbock, TX | 4845000
Irving, TX | 4837000
Laredo, TX | 4841464
Winston-Salem, NC | 3775000
Chesapeake, VA | 5116000
Glendale, AZ | 0427820
Garland, TX | 4829000
Scottsdale, AZ | 0465000
Norfolk, VA | 5157000
Boise City, ID | 1608830
Fremont, CA | 0626000
Spokane, WA | 5367000
Santa Clarita, CA | 0669088
Baton Rouge, LA | 2205000
Richmond, VA | 5167000
"""
"""The hundred largest cities."""

LARGEST_COUNTIES = """
Los Angeles County, CA | 06037
Cook County, IL | 17031
Harris County, TX | 48201
Maricopa County, AZ | 04013
San Diego County, CA | 06073
Orange County, CA | 06059
Kings County, NY | 36047
Miami-Dade County, FL | 12086
Dallas County, TX | 48113
Riverside County, CA | 06065
Queens County, NY | 36081
King County, WA | 53033
Clark County, NV | 32003
San Bernardino County, CA | 06071
Tarrant County, TX | 48439
Bexar County, TX | 48029
Broward County, FL | 12011
Santa Clara County, CA | 06085
Wayne County, MI | 26163
New York County, NY | 36061
Alameda County, CA | 06001
Middlesex County, MA | 25017
Philadelphia County, PA | 42101
Sacramento County, CA | 06067
Suffolk County, NY | 36103
Palm Beach County, FL | 12099
Bronx County, NY | 36005
Hillsborough County, FL | 12057
Orange County, FL | 12095
Nassau County, NY | 36059
Franklin County, OH | 39049
Travis County, TX | 48453
Hennepin County, MN | 27053
Oakland County, MI | 26125
Cuyahoga County, OH | 39035
Allegheny County, PA | 42003
Salt Lake County, UT | 49035
Contra Costa County, CA | 06013
Fairfax County, VA | 51059
Wake County, NC | 37183
Mecklenburg County, NC | 37119
Fulton County, GA | 13121
Collin County, TX | 48085
Montgomery County, MD | 24031
Pima County, AZ | 04019
Honolulu County, HI | 15003
Fresno County, CA | 06019
Westchester County, NY | 36119
St. Louis County, MO | 29189
Duval County, FL | 12031
Marion County, IN | 18097
Prince George's County, MD | 24033
Pinellas County, FL | 12103
Fairfield County, CT | 09001
Gwinnett County, GA | 13135
Bergen County, NJ | 34003
Erie County, NY | 36029
Milwaukee County, WI | 55079
DuPage County, IL | 17043
Shelby County, TN | 47157
Pierce County, WA | 53053
Kern County, CA | 06029
Denton County, TX | 48121
Hartford County, CT | 09003
Macomb County, MI | 26099
San Francisco County, CA | 06075
Hidalgo County, TX | 48215
El Paso County, TX | 48141
New Haven County, CT | 09009
Essex County, NJ | 34013
Middlesex County, NJ | 34023
Worcester County, MA | 25027
Montgomery County, PA | 42091
Baltimore County, MD | 24005
Ventura County, CA | 06111
Hamilton County, OH | 39061
Snohomish County, WA | 53061
Fort Bend County, TX | 48157
Multnomah County, OR | 41051
Essex County, MA | 25009
Suffolk County, MA | 25025
Oklahoma County, OK | 40109
Jefferson County, KY | 21111
San Joaquin County, CA | 06077
Cobb County, GA | 13067
San Mateo County, CA | 06081
DeKalb County, GA | 13089
Lee County, FL | 12071
Monroe County, NY | 36055
El Paso County, CO | 08041
Norfolk County, MA | 25021
Polk County, FL | 12105
Hudson County, NJ | 34017
Jackson County, MO | 29095
Davidson County, TN | 47037
Denver County, CO | 08031
Lake County, IL | 17097
Will County, IL | 17197
Bernalillo County, NM | 35001
Jefferson County, AL | 01073
"""
"""The hundred largest counties."""

COUNTIES = """
Cook | 17031
cook county | 17031
Cook County, IL | 17031
cook co il | 17031
Prince George's | 24033
prince georges county md | 24033
Prince George’s County | 24033
Doña Ana | 35013
dona ana nm | 35013
Queen Anne's, MD | 24035
St. Louis County, MO | 29189
Saint Louis County, Minnesota | 27137
Kings, NY | 36047
kings county new york | 36047
Queens | 36081
Bronx | 36005
Richmond County, NY | 36085
El Paso, TX | 48141
el paso county colorado | 08041
Erie, NY | 36029
East Baton Rouge | 22033
e baton rouge parish | 22033
Orleans Parish | 22071
Orleans, LA | 22071
Loving | 48301
Miami-Dade | 12086
miami dade fl | 12086
LaSalle, IL | 17099
la salle parish | 22059
De Kalb, GA | 13089
DuPage | 17043
du page il | 17043
Charles City, VA | 51036
James City County | 51095
Carson, TX | 48065
Philadelphia | 42101
San Francisco County | 06075
Denver | 08031
Kodiak Island | 02150
Bethel Census Area | 02050
Bethel, AK | 02050
Yakutat | 02282
Baltimore, MD | 24005
36047 | 36047
"""

SEVERAL = """
springfield | 2970000
columbia | 4516000
portland | 4159000
Kansas City | 2938000
Orange City | 1251825
athens | 1303440
aurora | 0804000
"""
"""Names that could be several cities, with the largest."""

JOINED = (
    (("new", "york"), "city", ["new york"]),
    (("los", "angeles"), "city", ["los angeles"]),
    (("kansas", "city", "mo"), "city", ["kansas city mo"]),
    (("st.", "louis", "new", "orleans"), "city", ["st. louis", "new orleans"]),
    (("chicago", "houston"), "city", ["chicago", "houston"]),
    (("los", "angeles", "chicago"), None, ["los angeles", "chicago"]),
    (("chicago", "illinois"), None, ["chicago", "illinois"]),
    (("chicago", "illinois"), "city", ["chicago illinois"]),
    (("nevada", "texas"), None, ["nevada", "texas"]),
    (("IN", "OR"), None, ["IN", "OR"]),
    (("west", "virginia", "new", "mexico"), None, ["west virginia", "new mexico"]),
    (("orange", "county"), None, ["orange county"]),
)

OF_ANY_LEVEL = (
    ("Kansas", "20"),
    ("LA", "22"),
    ("IN", "18"),
    ("OR", "41"),
    ("DC", "1150000"),
    ("New York City", "3651000"),
    ("Austin County", "48015"),
    ("Carson City", "3209700"),
    ("washington state", "53"),
    ("Washington, DC", "1150000"),
    ("dallas", "4819000"),
    ("harris", "48201"),
    ("multnomah", "41051"),
    ("Cook County, IL", "17031"),
    ("state of new york", "36"),
    ("Prince George's County", "24033"),
)


def rows(text: str) -> list[tuple[str, str]]:
    """Return the pairs of what is typed and what is meant."""
    pairs = (line.split(" | ") for line in text.strip().splitlines())
    return [(typed, meant) for typed, meant in pairs]


def code_of(name: str, level: Level | None) -> str:
    """Return the code of the place that a name means; of a town its name, kind and state."""
    place = STORE.one(Jurisdiction, resolve(STORE, name, PLACES, level=level).id)
    if level == "county" and place.county_geoid:
        return place.county_geoid
    return place.geoid or f"{place.name}, {place.kind}, {place.state}"


@pytest.mark.parametrize(
    ("table", "level"),
    [(TYPED, "city"), (LARGEST, "city"), (COUNTIES, "county"), (LARGEST_COUNTIES, "county")],
    ids=("typed", "largest", "counties", "largest counties"),
)
def test_what_people_type_means_the_right_place(table: str, level: Level) -> None:
    wrong = []
    for typed, meant in rows(table):
        try:
            found = code_of(typed, level)
        except NotFoundError as error:
            found = error.message
        if found != meant:
            wrong.append((typed, meant, found))

    assert wrong == []


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(rows(TYPED)) >= 200
    assert len(rows(LARGEST)) == len(rows(LARGEST_COUNTIES)) == 100


@pytest.mark.parametrize(("name", "meant"), OF_ANY_LEVEL)
def test_a_name_of_any_level_means_the_right_place(name: str, meant: str) -> None:
    assert code_of(name, None) == meant


@pytest.mark.parametrize(("name", "largest"), rows(SEVERAL))
def test_a_name_of_several_lists_them_the_largest_first(name: str, largest: str) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        resolve(STORE, name, PLACES, level="city")

    first = caught.value.hints[0].split()[0]
    assert STORE.one(Jurisdiction, first).geoid == largest
    assert len(caught.value.hints) > 1


@pytest.mark.parametrize("name", ["Washington County", "Adams County", "Marion County", "Clark"])
def test_a_county_of_many_states_is_never_guessed(name: str) -> None:
    with pytest.raises(AmbiguousNameError):
        resolve(STORE, name, PLACES, level="county")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Kansas City", "county"),
        ("Virginia Beach", "county"),
        ("New York City", "state"),
        ("Cook County", "city"),
        ("Springfield, CA", "city"),
        ("Kings County, TX", "county"),
        ("El Paso, OH", "city"),
        ("no such place", "city"),
        ("x" * 400, "city"),
        ("\ufb03" * 40_000, "city"),
        ("", "city"),
        (", TX", "city"),
    ],
)
def test_what_is_not_there_is_not_answered_with_another(name: str, level: Level) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve(STORE, name, PLACES, level=level)

    assert not isinstance(caught.value, AmbiguousNameError)
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Arlingtn TX", "TX"),
        ("Springfeild, IL", "IL"),
        ("Grenville, SC", "SC"),
        ("Pheonix AZ", "AZ"),
    ],
)
def test_a_suggestion_is_never_outside_the_state_that_was_named(name: str, state: str) -> None:
    found = suggest(STORE, name, PLACES, level="city")

    assert found
    assert {match.state for match in found} == {state}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("detriot", "2622000"),
        ("memphiss", "4748000"),
        ("chicgo", "1714000"),
        ("housten", "4835000"),
    ],
)
def test_near_misses_are_ranked_by_likeness_and_size(name: str, first: str) -> None:
    found = suggest(STORE, name, PLACES, level="city")

    assert STORE.one(Jurisdiction, found[0].id).geoid == first


@pytest.mark.parametrize(("words", "level", "names"), JOINED)
def test_words_without_quotes_are_joined_to_names(
    words: tuple[str, ...], level: Level | None, names: list[str]
) -> None:
    store = Store()
    classes = PLACES if level else THINGS

    assert joined(store, words, classes, level=level) == names
    assert bool(store.remarks) == (names != list(words))


def test_a_place_that_is_far_larger_is_taken_with_a_remark() -> None:
    store = Store()

    assert resolve(store, "greensboro", PLACES, level="city").state == "NC"
    assert "Greensboro, GA" in store.remarks[0]


def test_exact_never_guesses() -> None:
    with pytest.raises(AmbiguousNameError):
        resolve(STORE, "Macon", (Jurisdiction,), level="city", exact=True)
    assert resolve(STORE, "macon", (Jurisdiction,), level="city", exact=True).state == "GA"
    assert resolve(STORE, "1349008", (Jurisdiction,), level="city", exact=True).state == "GA"


def test_every_id_is_its_own_place() -> None:
    for id in STORE.ids(Jurisdiction):
        assert resolve(STORE, id, PLACES).id == id


def test_an_independent_city_is_in_no_county() -> None:
    for name in ("St. Louis", "Baltimore", "Richmond, VA", "Carson City"):
        place = STORE.one(Jurisdiction, resolve(STORE, name, PLACES, level="city").id)
        assert [id for id in place.part_of if "county" in id] == []


def test_a_column_of_names_is_looked_up_row_by_row(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text('"El Paso, TX"\nspringfield\n\nHouston\nnowhere\n', "utf-8-sig")
    session = Session()

    reply = ask_city(session, file=names)
    found = [(r.line, r.asked, r.match, r.state, r.geoid) for r in reply.data]  # type: ignore[attr-defined]

    assert found == [
        (1, "El Paso, TX", "exact", "TX", "4824000"),
        (2, "springfield", "ambiguous", None, None),
        (4, "Houston", "largest", "TX", "4835000"),
        (5, "nowhere", "not found", None, None),
    ]
    assert session.errors[0].message == "2 of 4 names have no row of their own"


def test_a_column_of_names_takes_as_much_memory_as_it_takes_for_a_few(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Reno, NV\nCook County\nfoo bar\n" * 4000, "utf-8")
    rows = iter(ask_city(Session(), file=names).data)
    for _ in range(100):
        next(rows)
    tracemalloc.start()
    for _ in rows:
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 2_000_000


def test_the_card_of_a_place_without_rules_says_so_and_shows_what_reaches_it() -> None:
    card = jurisdiction_card(STORE, resolve(STORE, "waco tx", PLACES).id, "2026-11-27")

    assert card.rules
    assert {rule.jurisdiction for rule in card.rules} == {"texas"}
    assert (card.note or "").startswith("No rule of its own is recorded")
    assert [layer.id for layer in card.layers] == ["waco", "mclennan-county-tx", "texas"]
