/** The presets of a size block: a group of radio buttons, each with its price. */
export class SizeTiles {
    constructor(el) {
        this.el = el;
    }

    get all() {
        return [...this.el.querySelectorAll(".o_ecrm_size_tile")];
    }

    /** Choose the tile of a size, none where it is no preset; the tab key reaches one tile. */
    mark(code) {
        const tiles = this.all;
        const chosen = tiles.find((tile) => tile.dataset.code === code);
        for (const tile of tiles) {
            tile.classList.toggle("active", tile === chosen);
            tile.setAttribute("aria-checked", tile === chosen ? "true" : "false");
            tile.tabIndex = tile === (chosen || tiles[0]) ? 0 : -1;
        }
    }

    /** Arrows walk along the tiles, as in any group of radio buttons. */
    find(from, key) {
        const tiles = this.all;
        const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
        if (key in steps) {
            const turned = getComputedStyle(this.el).direction === "rtl" && /Left|Right/.test(key) ? -1 : 1;
            return tiles.at((tiles.indexOf(from) + turned * steps[key]) % tiles.length);
        }
        return { Home: tiles[0], End: tiles.at(-1) }[key];
    }

    /** Options have a price of their own: the presets cost what they cost with those that are chosen. */
    showPrices(prices = {}) {
        for (const tile of this.all) {
            const price = tile.querySelector(".o_ecrm_size_tile_price");
            if (price && tile.dataset.code in prices) {
                price.textContent = prices[tile.dataset.code];
            }
        }
    }
}
