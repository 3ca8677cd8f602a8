"""The twelve numbers of a camera over a plane, their map px→mm, and their least squares.

Parameters: rotation vector (3), where the plane's origin is seen in px (2), logarithm of the mm
per px there, logarithm of the focal length in px, optical centre in px (2), lens term k1, outward
shift in px of all borders that
face along the plane's x and of those along its y (motion and printing treat the two unlike).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

ROTATION, PLACE, FOCAL, CENTRE, K1 = slice(0, 3), slice(3, 6), 6, slice(7, 9), 9
BORDER = slice(10, 12)
COUNT = 12
_STEPS = np.array([1e-6, 1e-6, 1e-6, 1e-3, 1e-3, 1e-6, 1e-6, 1e-2, 1e-2, 1e-6, 1e-4, 1e-4])
MOST_ROUNDS = 25
HUBER_SD = 2.0


def rotation(vector: Vector) -> Matrix:
    """The matrix of a rotation vector (Rodrigues' formula)."""
    angle = float(np.linalg.norm(vector))
    if angle < 1e-12:
        return np.eye(3)
    x, y, z = vector / angle
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn: Matrix = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return turn


def rotation_vector(turn: Matrix) -> Vector:
    """The rotation vector of a matrix, by way of its unit quaternion (Bar-Itzhack 2000)."""
    m = turn
    symmetric = np.array(
        [
            [m[0, 0] - m[1, 1] - m[2, 2], m[1, 0] + m[0, 1], m[2, 0] + m[0, 2], m[2, 1] - m[1, 2]],
            [m[1, 0] + m[0, 1], m[1, 1] - m[0, 0] - m[2, 2], m[2, 1] + m[1, 2], m[0, 2] - m[2, 0]],
            [m[2, 0] + m[0, 2], m[2, 1] + m[1, 2], m[2, 2] - m[0, 0] - m[1, 1], m[1, 0] - m[0, 1]],
            [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], np.trace(m)],
        ]
    )
    quaternion = np.linalg.eigh(symmetric)[1][:, -1]
    if quaternion[3] < 0:
        quaternion = -quaternion
    size = float(np.linalg.norm(quaternion[:3]))
    if size < 1e-12:
        return np.zeros(3)
    vector: Vector = quaternion[:3] / size * 2 * np.arctan2(size, quaternion[3])
    return vector


def camera_matrix(focal_px: float, centre_px: tuple[float, float]) -> Matrix:
    """The 3×3 matrix of a pinhole camera with square pixels."""
    return np.array([[focal_px, 0, centre_px[0]], [0, focal_px, centre_px[1]], [0, 0, 1.0]])


def mapped(matrix: Matrix, points: Matrix) -> Matrix:
    """Points (N, 2) through a homography."""
    lifted = points @ matrix[:, :2].T + matrix[:, 2]
    result: Matrix = lifted[:, :2] / lifted[:, 2:]
    return result


def place_mm(parameters: Vector) -> Vector:
    """Where the plane's origin lies in the camera's frame.

    Kept as px and mm per px, so that the focal length, of which a flat thing says little, can
    change without moving or sizing what is seen: otherwise the fit crawls along a bent valley.
    """
    focal_px = float(np.exp(parameters[FOCAL]))
    offset = (parameters[PLACE][:2] - parameters[CENTRE]) / focal_px
    return np.array([*offset, 1.0]) * focal_px * float(np.exp(parameters[PLACE][2]))


def px_to_mm(parameters: Vector, origin_mm: Vector) -> Matrix:
    """The homography from undistorted px to mm."""
    x, y = parameters[CENTRE]
    camera = camera_matrix(float(np.exp(parameters[FOCAL])), (float(x), float(y)))
    axes = rotation(parameters[ROTATION])
    mm_to_px = camera @ np.column_stack([axes[:, 0], axes[:, 1], place_mm(parameters)])
    shift = np.array([[1.0, 0, origin_mm[0]], [0, 1.0, origin_mm[1]], [0, 0, 1.0]])
    matrix: Matrix = shift @ np.linalg.inv(mm_to_px)
    return matrix


@dataclass(frozen=True, slots=True)
class Problem:
    """Points on known lines, and what is expected of the parameters (sd inf: nothing)."""

    points_px: Matrix
    axis: NDArray[np.intp]
    value_mm: Vector
    outward: Vector
    origin_mm: Vector
    norm_px: float
    mm_per_px: Vector
    expected: Vector
    expected_sd: Vector

    def residuals_px(self, parameters: Vector) -> Vector:
        """Signed distances (N,) of the points from their lines, in px."""
        offset = self.points_px - parameters[CENTRE]
        radius2 = np.sum(offset**2, axis=1, keepdims=True) / self.norm_px**2
        straight = self.points_px + offset * (parameters[K1] * radius2)
        points_mm = mapped(px_to_mm(parameters, self.origin_mm), straight)
        gaps_mm = points_mm[np.arange(len(self.axis)), self.axis] - self.value_mm
        gaps: Vector = gaps_mm / self.mm_per_px - self.outward * parameters[BORDER][self.axis]
        return gaps

    def cost(self, parameters: Vector, *, noise_px: float, keep: NDArray[np.bool_]) -> float:
        """The robust cost: Huber's of the kept points, squares of what was expected."""
        sizes = np.abs(self.residuals_px(parameters)[keep]) / noise_px
        far = sizes > HUBER_SD
        points = np.where(far, HUBER_SD * (2 * sizes - HUBER_SD), sizes**2)
        return float(points.sum() + np.sum(self._pulls(parameters) ** 2))

    def solved(self, start: Vector, *, noise_px: float, keep: NDArray[np.bool_]) -> Vector:
        """The parameters of least robust cost from a start (Levenberg and Marquardt)."""
        parameters, damping = start, 1e-3
        cost = self.cost(parameters, noise_px=noise_px, keep=keep)
        for _round in range(MOST_ROUNDS):
            normal, gradient = self._normal(parameters, noise_px=noise_px, keep=keep)
            step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), -gradient)
            tried = parameters + step
            tried_cost = self.cost(tried, noise_px=noise_px, keep=keep)
            if tried_cost < cost:
                gained, parameters, cost = cost - tried_cost, tried, tried_cost
                damping = max(damping / 10, 1e-12)
                if gained < 1e-6 * (1 + cost):
                    break
            else:
                damping *= 10
                if damping > 1e6:
                    break
        return parameters

    def covariance(self, parameters: Vector, *, noise_px: float, keep: NDArray[np.bool_]) -> Matrix:
        """The covariance (12, 12) of the parameters for points of this sd."""
        slopes = self._slopes(parameters)[keep] / noise_px
        normal = slopes.T @ slopes + np.diag(self._expected_weight())
        scale = np.sqrt(np.diag(normal))
        inverse: Matrix = np.linalg.inv(normal / np.outer(scale, scale)) / np.outer(scale, scale)
        return inverse

    def _pulls(self, parameters: Vector) -> Vector:
        pulls: Vector = (parameters - self.expected) / self.expected_sd
        return pulls

    def _expected_weight(self) -> Vector:
        weights: Vector = 1.0 / self.expected_sd**2
        return weights

    def _normal(
        self, parameters: Vector, *, noise_px: float, keep: NDArray[np.bool_]
    ) -> tuple[Matrix, Vector]:
        residuals = self.residuals_px(parameters)[keep] / noise_px
        slopes = self._slopes(parameters)[keep] / noise_px
        weights = np.minimum(1.0, HUBER_SD / np.maximum(np.abs(residuals), 1e-12))
        normal = (slopes * weights[:, None]).T @ slopes + np.diag(self._expected_weight())
        pulled = self._pulls(parameters) / self.expected_sd
        gradient: Vector = slopes.T @ (weights * residuals) + pulled
        return normal, gradient

    def _slopes(self, parameters: Vector) -> Matrix:
        here = self.residuals_px(parameters)
        columns = []
        for place, step in enumerate(_STEPS):
            moved = parameters.copy()
            moved[place] += step
            columns.append((self.residuals_px(moved) - here) / step)
        return np.column_stack(columns)
